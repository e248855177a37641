import{$ as e,$t as t,At as n,B as r,Bt as i,C as a,Ct as o,E as s,Et as c,F as l,Ft as u,G as d,Gt as f,H as ee,Ht as p,I as m,It as h,J as g,Jt as te,K as ne,Kt as re,L as ie,Lt as _,M as ae,Mt as v,N as oe,Nt as y,Ot as b,Pt as se,Q as ce,Qt as x,R as le,Rt as ue,S,St as de,T as fe,Tt as pe,U as me,Ut as he,V as ge,Vt as C,W as w,Wt as _e,X as T,Xt as E,Y as ve,Yt as ye,Z as be,Zt as D,_ as xe,_t as Se,a as Ce,an as O,at as we,b as Te,bt as Ee,c as De,cn as k,ct as Oe,d as ke,dt as Ae,en as A,f as je,ft as Me,g as Ne,gt as Pe,h as Fe,ht as Ie,i as Le,in as Re,it as j,jt as ze,kt as Be,l as Ve,ln as M,lt as He,m as Ue,mt as We,n as Ge,nn as N,nt as Ke,o as P,on as qe,ot as F,p as Je,pt as Ye,q as Xe,qt as Ze,r as Qe,rn as I,rt as $e,s as L,sn as et,st as tt,t as nt,tn as R,tt as rt,u as z,ut as B,v as it,vt as V,w as at,wt as H,x as ot,xt as st,y as ct,yt as lt,z as ut,zt as U}from"./codelocks-shared.js";var dt=8,ft=144,pt=600;function mt(e){let t=e.currentTarget.closest(`details`);t&&(t.open=!1)}function ht(e){let t=e.currentTarget;t.contains(e.relatedTarget)||(t.open=!1)}function gt(e){let t=e.currentTarget;if(!t.open)return;let n=[...t.querySelectorAll(`.pop button`)],r=n.findIndex(e=>e.matches(`:focus`)),i={ArrowDown:1,ArrowUp:-1}[e.key];if(i)n.at((r+i)%n.length)?.focus();else if(e.key===`Escape`)t.open=!1,t.querySelector(`summary`)?.focus();else return;e.preventDefault(),e.stopPropagation()}function _t(e,t){t.style.inset=`0 auto auto 0`;let n=t.getBoundingClientRect(),r=e.getBoundingClientRect(),i=getComputedStyle(e).direction===`rtl`?r.left:r.right-n.width,a=innerWidth-n.width-dt,o=innerWidth<pt?ft:dt,s=r.bottom+n.height+o<innerHeight||r.top<innerHeight/3,c=Math.max(dt,Math.min(i,a))-n.left,l=(s?r.bottom:Math.max(dt,r.top-n.height))-n.top;t.style.inset=`${l}px auto auto ${c}px`,addEventListener(`scroll`,()=>{e.open=!1},{capture:!0,once:!0})}var vt={class:`ib sec`,content:I(`more`)};function yt(e){return(typeof e==`function`?e():e).map(e=>k`<button
role="menuitem"
class=${e.bad?`bad`:``}
@click=${t=>{mt(t),e.run()}}>
${I(e.icon,`s`)}${e.label}
</button>`)}function W(e,t,n=vt){return k`<details
class="menu-at"
@focusout=${ht}
@keydown=${gt}
@toggle=${e=>{let n=e.currentTarget,r=n.querySelector(`.pop`);r&&(qe(n.open?yt(t):O,r),n.open&&_t(n,r))}}>
<summary
class=${n.class}
aria-label=${e||O}
aria-haspopup="menu"
tabindex=${n.inTable?`-1`:O}>
${n.content}
</summary>
<div class="pop" role="menu"></div>
</details>`}var bt=new Intl.Collator(`en`,{numeric:!0});function xt(e){let t=new Map;for(let n of e)for(let e of n.clients??[]){let r=t.get(e.email)??new Map;t.set(e.email,r.set(n.device_id,e))}return[...t].map(([e,t])=>({email:e,at:t})).sort((e,t)=>bt.compare(e.email,t.email))}function St(e,t,n){let r=n.trim().toLowerCase();if(!r)return{people:e,doors:t};let i=t.filter(e=>e.name.toLowerCase().includes(r)),a=e.filter(e=>e.email.includes(r));if(a.length||!i.length)return{people:a,doors:t};let o=i.map(e=>e.device_id);return{people:e.filter(e=>o.some(t=>e.at.has(t))),doors:i}}function Ct(e,t,n){if(Ae(e.active_periods))return t.t(`door.always`);let[r,i]=H(e.active_periods);return!r||i?t.t(`people.own_hours`):t.t(`people.short_hours`,{days:He(r.days,t,n),start:n.hour(r.from),end:n.hour(r.to)})}function wt(e,t,n){let[r]=e;if(!r)return``;let i=t.t(`people.own_hours`);return e.every(e=>c(e.active_periods)===c(r.active_periods))&&(Ae(r.active_periods)||H(r.active_periods).length===1)?B(r.active_periods,t,n):i}var Tt=50;function G(e,t=!1){return e.reduce((e,{clients:n})=>{let r=n?Math.max(1,Math.ceil(n.length/Tt)):0;return e+1+r*(t?2:1)},0)}var Et=e=>Math.max(1,...e.map(e=>e.kind===`kitlock`?0:G([e],!0)));function Dt(e){let t=new Map;for(let n of e)for(let e of n.at.values()){if(Ae(e.active_periods)||!H(e.active_periods).length)continue;let n=c(e.active_periods),r=t.get(n);r?r.count+=1:t.set(n,{client:e,count:1})}return[...t.values()].sort((e,t)=>t.count-e.count).map(({client:e})=>e)}var Ot=e=>[...e.at.values()].every(e=>e.state===`suspended`);function kt(e,t,n){if(e.state!==`on`)return t.t(`people.${e.state}`);let r=B(e.active_periods,t,n);return r?t.t(`people.on_hours`,{hours:r}):t.t(`people.on`)}var At=M`:host{border-radius:var(--ha-card-border-radius,12px)}.scroll{position:relative;overflow-x:auto;scroll-padding-inline:240px 64px;border-radius:inherit}.matrix{width:100%;border-collapse:collapse;table-layout:fixed}.matrix th{font-weight:500;line-height:20px;padding:12px 4px;overflow-wrap:anywhere}.matrix th .sec{font-weight:400}.matrix th:first-child{width:26%;min-width:200px;padding-inline:16px 8px;text-align:start;position:sticky;inset-inline-start:0;z-index:1;background:var(--cl-card)}.matrix .many{width:124px}.matrix th:first-child:has(~ .many){width:240px}.matrix th:last-child{width:64px}.matrix :is(th,td):last-child{position:sticky;inset-inline-end:0;background:var(--cl-card)}.matrix td:has([open]){z-index:2}.matrix tbody :is(th,td){height:72px;border-block-start:1px solid var(--divider-color)}.matrix td{padding:4px;text-align:center}.matrix .menu-at{display:block}.matrix td:last-child .ib{margin-inline:auto}.cell{display:inline-grid;justify-items:center;align-content:center;width:100%;min-height:64px;padding:2px;border:0;border-radius:8px;background:none;font:500 12px/16px var(--cl-font);color:var(--cl-on-ok);overflow-wrap:anywhere}:is(button,summary).cell{cursor:pointer}:is(button,summary).cell:hover{background:color-mix(in srgb,currentColor 8%,transparent)}.cell small{font-size:12px;font-weight:400;color:var(--secondary-text-color)}.cell.suspended{color:var(--cl-on-warn)}.cell.invited{color:var(--cl-on-tonal)}.cell:is(.unknown,.no){color:var(--secondary-text-color)}.cell:focus-visible{outline-offset:-2px}`,jt=M`.person + .person{border-block-start:1px solid var(--divider-color)}.person > summary.row{grid-template-columns:24px minmax(0,1fr) 48px}.person > summary .turn{justify-self:center;color:var(--secondary-text-color)}.person summary:focus-visible{outline-offset:-2px}.person > .list{border-block-start:1px solid var(--divider-color)}.person .list > .row{content-visibility:auto;contain-intrinsic-size:auto 56px;min-height:56px;padding-block:4px}.person > .btns{padding:8px;border-block-start:1px solid var(--divider-color)}.person > .btns > .plain{order:1}.switch{appearance:none;position:relative;width:52px;height:32px;margin:8px;flex:none;border-radius:16px;border:2px solid var(--secondary-text-color);cursor:pointer}.switch::after{content:"";position:absolute;inset-block-start:6px;inset-inline-start:6px;width:16px;height:16px;border-radius:50%;background:var(--secondary-text-color)}.switch:checked{background:var(--cl-primary-fill);border-color:var(--cl-primary-fill)}.switch:checked::after{inset-inline-start:24px;width:20px;height:20px;inset-block-start:4px;background:#fff}.switch:disabled{opacity:0.6;cursor:default}@media (forced-colors:active){.switch:checked::after{background:Highlight}}`,Mt=M`:host{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}.week{display:grid;grid-template-columns:44px minmax(0,1fr);row-gap:6px;align-items:center}.bar{position:relative;height:32px;border-radius:4px;background:repeating-linear-gradient(to right,var(--divider-color) 0 1px,transparent 1px 25%),var(--input-fill-color,color-mix(in srgb,var(--primary-text-color) 5%,transparent));direction:ltr}.bar > span{position:absolute;top:4px;bottom:4px;border-radius:4px;background:var(--cl-primary-fill);color:#fff;font-size:12px;line-height:24px;padding-inline:8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.axis{display:flex;justify-content:space-between;font-size:12px;color:var(--secondary-text-color);direction:ltr}.period{display:grid;grid-template-columns:minmax(0,1fr) auto auto 48px;gap:8px 16px;align-items:center;padding-block:12px}.period + .period{border-block-start:1px solid var(--divider-color)}.field select{width:112px;padding-inline:12px}.period > p{grid-column:1 / -1}.days{display:flex;gap:4px;flex-wrap:wrap}.day{position:relative;min-width:40px;height:40px;display:grid;place-items:center;border-radius:20px;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);font-size:12px;font-weight:500;padding-inline:4px;cursor:pointer}.day input{position:absolute;inset:0;margin:0;width:100%;height:100%;opacity:0;cursor:pointer}.day:has(:checked){background:var(--cl-primary-fill);border-color:var(--cl-primary-fill);color:#fff}.day:has(:focus-visible){outline:2px solid var(--cl-primary-text);outline-offset:2px}.btns{align-items:center}[role="alert"]{color:var(--cl-on-bad)}@media (max-width:599px){.period{grid-template-columns:1fr 1fr 48px}.days{grid-column:1 / -1}.field select{width:100%}.day{flex:1;min-width:36px;height:48px;border-radius:12px}.bar > span{font-size:11px;padding-inline:4px}}@media (forced-colors:active){.bar > span,.day:has(:checked){border:2px solid CanvasText}}`,Nt=15,Pt=300,Ft={days:Se.slice(0,5),from:540,to:1020},It=class extends A{static{this.styles=[U,T,h,u,Mt]}static{this.properties={...A.properties,hours:{attribute:!1},off:{attribute:!1},trouble:{state:!0}}}constructor(){super(),this.change=()=>void 0,this.off=!1,this.trouble=``}render(){let{schedule:e,rows:t}=this.hours;return k`${this.picture()}
<div>
${e===null?t.map((e,t)=>this.row(e,t)):this.helper(e)}
<div class="btns">${e===null?this.add():O}${this.helpers()}</div>
${this.trouble?k`<p role="alert">${this.trouble}</p>`:O}
</div>`}get days(){let e=this.app.times.firstDay();return Se.map((t,n)=>(e+n)%7)}picture(){let{times:e,words:t}=this.app,n=lt(this.hours.rows),r=B(o(this.hours.rows.filter(de)),t,e);return k`<div class="week" role="img" aria-label=${r||this.t(`hours.never`)}>
${this.days.map(t=>k`<span class="sec">${e.weekdayName(t)}</span>
<div class="bar">
${(n[t]??[]).map(([t,n])=>{let r=e=>e/Pe*100,i=`left:${r(t)}%;width:${r(n-t)}%`,a=n-t<Pt?`hour`:`dayMinute`,[o,s]=[e[a](t),e[a](n)];return k`<span style=${i}>${this.t(`time.window`,{start:o,end:s})}</span>`})}
</div>`)}
<span></span>
<div class="axis">
${[0,6,12,18,24].map(t=>k`<span>${e.dayMinute(t*60)}</span>`)}
</div>
</div>`}row(e,t){let{times:n,words:r}=this.app,i=He(e.days,r,n);return k`<div class="period">
<div class="days" role="group" aria-label=${this.t(`hours.days`)}>
${this.days.map(n=>this.day(e,t,n))}
</div>
${this.time(e,t,`from`)}${this.time(e,t,`to`)}
<button
class="ib sec"
aria-label=${`${this.t(`hours.remove`)}: ${i}`}
?disabled=${this.off}
@click=${()=>this.set(this.hours.rows.filter((e,n)=>n!==t))}>
${I(`delete`)}
</button>
${this.hint(e)}
</div>`}hint(e){let t=e.days.length?e.from===e.to?`hours.no_time`:st(e)?`hours.next_day`:``:`hours.no_days`;return t?k`<p class="small sec" role="status">${this.t(t)}</p>`:O}day(e,t,n){let r=Se[n];return k`<label class="day"><input
type="checkbox"
.checked=${e.days.includes(r)}
?disabled=${this.off}
@change=${n=>{let{checked:i}=n.target,a=Se.filter(t=>t===r?i:e.days.includes(t));this.put(t,{...e,days:a})}}
/>${this.app.times.weekdayName(n)}</label>`}time(e,t,n){let r=r=>{this.put(t,{...e,[n]:Number(r.target.value)})},i=n===`from`?0:Nt,a=Array.from({length:Pe/Nt},(e,t)=>i+t*Nt),o=a.includes(e[n])?a:[...a,e[n]].sort((e,t)=>e-t);return k`<label class="field"><span>${this.t(`make.${n}`)}</span><select ?disabled=${this.off} @change=${r}>
${o.map(t=>k`<option value=${t} .selected=${t===e[n]}>
${this.app.times.dayMinute(t)}
</option>`)}
</select></label>`}add(){let e=o(this.hours.rows).length>=10;return k`<button
class="btn plain"
?disabled=${this.off||e}
@click=${()=>this.set([...this.hours.rows,Ft])}>
${I(`plus`,`s`)}${this.t(`hours.add`)}
</button>`}helpers(){let{states:t,language:n}=this.app.hass,r=Object.values(t).filter(e=>e.entity_id.startsWith(`schedule.`)).sort((t,r)=>e(t).localeCompare(e(r),n));return!r.length||this.off?O:W(``,r.map(t=>({icon:`schedule`,label:e(t),run:()=>void this.take(t.entity_id,e(t))})),{class:`btn plain`,content:k`${I(`schedule`,`s`)}${this.t(`hours.helper`)}`})}helper(t){let n=this.app.hass.states[t],r=n?e(n):t;return k`<p>${this.t(`hours.as_helper`,{name:r})}</p>`}async take(e,t){try{let n=pe(await re(this.app.hass,e));this.trouble=n.length?``:this.t(`hours.helper_empty`,{name:t});let r=n.length>10;n.length&&this.change({rows:n,schedule:r?e:null})}catch(e){this.trouble=this.app.words.reason(e)||this.t(`hours.helper_empty`,{name:t})}}put(e,t){this.set(this.hours.rows.map((n,r)=>r===e?t:n))}set(e){this.trouble=``,this.change({rows:e,schedule:null})}};N(`codelocks-week`,It);var Lt=class extends v{static{this.styles=[v.styles]}static{this.properties={...v.properties,hours:{state:!0},busy:{state:!0},trouble:{state:!0}}}constructor(){super(),this.email=``,this.ids=[],this.changed=!1,this.differ=!1,this.hours={rows:[],schedule:null},this.busy=!1,this.trouble=``,this.widest=!0}begin(){let e=q(this.app,this.ids).flatMap(e=>{let t=e.clients?.find(e=>e.email===this.email);return t?[t.active_periods]:[]});this.differ=new Set(e.map(c)).size>1,this.hours={rows:H(e[0]??[]),schedule:null}}render(){return this.frame(this.t(`hours.title`,{email:this.email}),this.main(),this.foot())}main(){return k`<p class="sec">
${this.t(`hours.lead`,{doors:J(this.app,this.ids)})}
</p>
${this.differ?D({tone:`info`,icon:`hours`,text:this.t(`hours.differ`)}):O}
<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${e=>{this.changed=!0,this.trouble=``,this.hours=e}}></codelocks-week>`}foot(){let e=Ee(this.hours),t=this.t(`people.takes`,{n:G(q(this.app,this.ids),!0),left:Bt(this.app,this.ids)}),n=e===null?``:this.n(`hours.count`,10,{k:e}),r=V(this.hours)!==null&&this.app.store.connected&&!this.busy;return k`${this.trouble?D({tone:`bad`,icon:`alert`,text:this.trouble}):O}
<div class="btns">
<span class="sec small said" role="status">${n} ${t}</span>
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button class="btn fill" ?disabled=${!r} @click=${()=>void this.save()}>
${this.n(`hours.save`,this.ids.length)}
</button>
</div>`}get dirty(){return this.changed||this.busy}get leaving(){return this.t(`hours.leave`)}async save(){let e=V(this.hours);if(!e||this.busy)return;this.busy=!0;let{app:t,email:n,ids:r}=this,i=await K(t,`update_client`,r,n,e);this.busy=!1,!this.isConnected||!i.failed.length?(this.isConnected&&t.dialogs.close(this),Y(t,i,t.words.n(`hours.saved`,i.done.length,{email:n}))):(this.trouble=[zt(t,i),...i.notes].join(` `),this.ids=i.failed.map(e=>e.id))}};N(`codelocks-hours`,Lt);function Rt(e,t,n){y(`codelocks-hours`,e,{email:t,ids:n},e=>e.begin())}async function K(e,t,n,r,i={}){try{let{results:a}=await Ze(e.hass,t,n,r,i);return{done:a.filter(e=>e.ok).map(e=>e.device_id),failed:a.filter(e=>!e.ok).map(e=>({id:e.device_id,error:e.result})),notes:a.flatMap(e=>e.note??[])}}catch(t){let r=he(t)?e.words.t(`people.lost`):e.words.reason(t);return{done:[],failed:n.map(e=>({id:e,error:r})),notes:[]}}}var q=(e,t)=>t.flatMap(t=>e.store.lock(t)??[]),J=(e,t)=>e.words.list(q(e,t).map(e=>e.name));function zt(e,{done:t,failed:n}){return[...new Set(n.map(e=>e.error))].map((r,i)=>{let a=J(e,n.filter(e=>e.error===r).map(e=>e.id));return t.length&&i===0?e.words.t(`people.partly`,{doors:J(e,t),door:a,error:r}):e.words.t(`people.not_changed`,{door:a,error:r})}).join(` `)}function Bt(e,t){let n=new Set(q(e,t).map(e=>e.entry_id));return e.store.accounts.filter(e=>n.has(e.entry_id)).reduce((e,t)=>e+t.utility.left,0)}function Y(e,t,n,r){let i=zt(e,t),a=[i||n,...t.notes].join(` `),o=r&&t.done.length?{label:e.words.t(`people.restore`),run:r}:null;a&&e.tell({text:a,...i?{tone:`bad`}:{},...o?{action:o}:{}})}async function Vt(e,t,n){let r=await K(e,`suspend_client`,t,n),{done:i}=r;return Y(e,r,e.words.n(`people.suspended_at`,i.length,{email:n}),()=>void Ht(e,i,n)),r}async function Ht(e,t,n){let r=await K(e,`restore_client`,t,n);return Y(e,r,e.words.n(`people.restored_at`,r.done.length,{email:n})),r}function Ut(e,t,n){let{words:r}=e,i=async()=>{let i=await K(e,`delete_client`,t,n);Y(e,i,r.n(`people.deleted_at`,i.done.length,{email:n}))};y(`codelocks-ask`,e,{asked:{title:r.n(`people.delete_title`,t.length,{email:n}),text:r.t(`people.delete_text`,{doors:J(e,t),n:G(q(e,t))}),confirm:r.t(`people.delete_button`),run:()=>void i()}})}var Wt=e=>e.state!==`suspended`,Gt=e=>e.state===`suspended`||e.state===`unknown`,X=(e,t)=>e.store.connected&&e.store.mayIssue(t);function Kt(e,t,n){let{words:r}=e;if(!X(e,t))return[];let{email:i}=n,a=[t.device_id];return[{icon:`hours`,label:r.t(`people.hours`),run:()=>Rt(e,i,a)},...Wt(n)?[{icon:`pause`,label:r.t(`people.suspend`),run:()=>void Vt(e,a,i)}]:[],...Gt(n)?[{icon:`phone`,label:r.t(`people.restore`),run:()=>void Ht(e,a,i)}]:[],{icon:`delete`,label:r.t(`people.delete`),run:()=>Ut(e,a,i),bad:!0}]}function qt(e,t){let{words:n}=e,{email:r}=t,i=[...t.at].filter(([t])=>{let n=e.store.lock(t);return n&&X(e,n)});if(!i.length)return[];let a=i.map(([e])=>e),o=i.filter(([,e])=>Wt(e)).map(([e])=>e),s=i.filter(([,e])=>Gt(e)).map(([e])=>e);return[{icon:`hours`,label:n.t(`people.hours`),run:()=>Rt(e,r,a)},{icon:`invite`,label:n.t(`people.invite_other`),run:()=>Z(e,r)},o.length?{icon:`pause`,label:n.t(`people.suspend_all`),run:()=>void Vt(e,o,r)}:{icon:`phone`,label:n.t(`people.restore_all`),run:()=>void Ht(e,s,r)},{icon:`delete`,label:n.t(`people.delete`),run:()=>Ut(e,a,r),bad:!0}]}var Jt=/^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$/,Yt=3,Xt=class extends v{static{this.styles=[v.styles,ve,T,be]}static{this.properties={...v.properties,email:{state:!0},chosen:{state:!0},hours:{state:!0},editing:{state:!0},once:{state:!0},busy:{state:!0},trouble:{state:!0},wanted:{state:!0}}}constructor(){super(),this.doors=[],this.presets=[],this.given=``,this.email=``,this.chosen=new Set,this.hours={rows:Ie,schedule:null},this.editing=!1,this.once=!1,this.busy=!1,this.trouble=``,this.wanted=``}begin(e,t){let n=e.store.locks.filter(t=>t.kind===`k3`&&e.store.mayIssue(t)),r=n.map(e=>e.device_id);this.given=this.email;let i=t.length||r.length>1?t:r;this.chosen=new Set(i.filter(e=>r.includes(e))),this.doors=[...this.chosen,...r.filter(e=>!this.chosen.has(e))];let a=xt(n),o=(t,n)=>H(t).length===1?B(t,e.words,e.times):e.words.t(`invite.as`,{email:n});this.presets=[{label:e.words.t(`invite.always`),hours:this.hours},...Dt(a).slice(0,Yt).map(e=>({label:o(e.active_periods,e.email),hours:{rows:H(e.active_periods),schedule:null}}))]}render(){return this.frame(this.t(`people.invite`),this.main(),this.foot())}main(){return k`<label class="field"><span>${this.t(`invite.email`)}</span><input
type="email"
autocomplete="off"
maxlength="254"
.value=${this.email}
?disabled=${this.busy}
@input=${e=>{this.email=e.target.value,this.trouble=``}}
/></label>
${le(this.app,{doors:this.doors,chosen:this.chosen,most:this.doors.length,wanted:this.wanted,off:this.busy,hint:O,choose:e=>{this.chosen=e,this.trouble=``},find:e=>{this.wanted=e}})}
${this.when()} ${this.opens()}`}when(){let e=(e,t)=>{this.hours=e,this.editing=t};return k`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`people.hours`)}</legend>
<div class="chips">
${this.presets.map(({label:t,hours:n})=>ie(`radio`,`hours`,t,!this.editing&&this.hours===n,()=>e(n,!1)))}
${ie(`radio`,`hours`,this.t(`invite.other`),this.editing,()=>e(this.hours,!0))}
</div>
</fieldset>
${this.editing?k`<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${t=>e(t,!0)}></codelocks-week>`:O}`}opens(){let e=(e,t)=>ie(`radio`,`often`,this.t(e),this.once===t,()=>{this.once=t});return k`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`make.opens_how`)}</legend>
<div class="chips">${e(`make.often`,!1)}${e(`make.once`,!0)}</div>
</fieldset>`}get address(){return this.email.trim().toLowerCase()}get ids(){return this.doors.filter(e=>this.chosen.has(e)&&!this.isAt(e))}isAt(e){return(this.app.store.lock(e)?.clients??[]).some(e=>e.email===this.address)}foot(){let{ids:e}=this;return k`${this.trouble?D({tone:`bad`,icon:`alert`,text:this.trouble}):O}
<div class="preview" role="status">
${I(`message`)}
<div>${this.preview(e)}</div>
</div>
<div class="btns">
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button
class="btn fill"
?disabled=${!this.mayInvite(e)}
@click=${()=>void this.invite(e)}>
${e.length?this.n(`invite.button`,e.length):this.t(`people.invite`)}
</button>
</div>`}mayInvite(e){let{connected:t}=this.app.store;return Jt.test(this.address)&&e.length>0&&V(this.hours)!==null&&t&&!this.busy}preview(e){let{app:t}=this,n=this.doors.filter(e=>this.chosen.has(e)&&this.isAt(e)),r=Ee(this.hours),i=[...n.length?[this.t(`invite.already`,{email:this.address,doors:J(t,n)})]:[],...this.editing&&r!==null?[this.n(`hours.count`,10,{k:r})]:[],...e.length?[this.t(`invite.opens`),this.t(`people.takes`,{n:G(q(t,e)),left:Bt(t,e)})]:[]].join(` `);if(!Jt.test(this.address))return k`<span class="sec">${this.t(`invite.no_email`)}</span>`;let a=e.length?this.t(`invite.goes`,{email:this.address}):n.length?``:this.t(`make.choose_door`);return k`${a?k`<span class="b">${R(a)}</span><br />`:O}<span
class="sec">${i}</span>`}get dirty(){return this.busy||this.email!==this.given}get leaving(){return this.t(`invite.leave`)}firstFocus(){let e=this.email&&!this.chosen.size;return this.renderRoot.querySelector(e?`.chip input`:`.field input`)}async invite(e){let t=V(this.hours);if(!t||!this.mayInvite(e))return;this.busy=!0;let{app:n,address:r}=this,i=this.hours.rows===Ie,a=await K(n,`add_client`,e,r,{access_type:this.once?`one_time`:`standard`,...i?{}:t});this.busy=!1,!this.isConnected||!a.failed.length?(this.isConnected&&n.dialogs.close(this),Y(n,a,n.words.n(`invite.done`,a.done.length,{email:r}))):(this.trouble=[zt(n,a),...a.notes].join(` `),this.chosen=new Set(a.failed.map(e=>e.id)))}};N(`codelocks-invite`,Xt);function Z(e,t=``,n=[]){e.store.locks.some(t=>t.kind===`k3`&&e.store.mayIssue(t))&&e.store.connected&&y(`codelocks-invite`,e,{email:t},t=>t.begin(e,n))}var Zt=M`:host{min-height:100vh;background:var(--primary-background-color)}.head{position:sticky;top:0;z-index:5;height:var(--header-height,56px);display:flex;align-items:center;gap:8px;padding-inline:16px 12px;background:var(--app-header-background-color);color:var(--app-header-text-color,var(--primary-text-color));border-block-end:var(--app-header-border-bottom,1px solid var(--divider-color))}.head h1{font-size:20px;font-weight:400;line-height:28px;margin:0 8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}h1:focus-visible{outline-offset:-2px}.ib[hidden]{display:none}.grow{flex:1}.tabs{display:flex;align-self:stretch;margin-inline-start:16px}.tabs a{display:flex;align-items:center;justify-content:center;gap:8px;padding-inline:16px;color:var(--secondary-text-color);font-weight:500;text-decoration:none;border-block:2px solid transparent}.tabs a .i{display:none}.tabs a[aria-current]{color:var(--cl-primary-text);border-block-end-color:var(--cl-primary-text)}.tabs a:focus-visible{outline-offset:-2px}.door-bone{display:grid;gap:12px;padding:16px;min-height:200px;align-content:start}.bone.low{width:60%}@media (max-width:999px){.head{padding-inline:4px}}@media (max-width:599px){.tabs{position:fixed;z-index:6;inset-inline:0;bottom:0;height:64px;margin:0;background:var(--app-header-background-color);border-block-start:1px solid var(--divider-color)}.tabs a{flex:1 1 0;min-width:0;flex-direction:column;gap:2px;padding:0;font-size:12px;border:0}.tabs a .i{display:block}.has-tabs .view{padding-block-end:152px}.has-tabs .toast{bottom:80px}}`,Qt=class extends v{constructor(...e){super(...e),this.ids=[]}static{this.styles=[v.styles,_]}render(){return this.frame(this.t(`send.button`),ke(this.app,()=>[{ids:this.ids}],this),k`<div class="btns">
<button class="btn tonal" @click=${this.close}>${this.t(`dialog.done`)}</button>
</div>`)}};N(`codelocks-send`,Qt);function $t(e,t){y(`codelocks-send`,e,{ids:t})}function en(e,t,n){let r=new Map(t.map(e=>[e.id,e])),i={needs:[],here:[],next:[]};for(let t of e)for(let e of t.next){let[a,o]=[b(e.start),b(e.end)],s={order:t,visit:e,start:a,end:o,codes:e.codes.flatMap(e=>r.get(e)??[])};if(e.state===`cancelled`)tn(s)>n&&i.needs.push(s);else if(o<=n)continue;else e.problem!==null||e.state===`problem`?i.needs.push(s):i[e.state===`here`?`here`:`next`].push(s)}let a=({visit:e})=>Number(e.state===`cancelled`);for(let e of[i.needs,i.here,i.next])e.sort((e,t)=>a(e)-a(t)||e.start-t.start);return i}function tn({codes:e}){return Math.max(0,...e.map(e=>b(e.end)))}function nn({order:e,codes:t}){return t.length?[...new Set(t.map(e=>e.device_id))]:e.device_ids}function rn(e,t,n){let r=new Set(n.filter(t=>t.entry_id===e.entry_id).map(e=>e.device_id)),{left:i}=e.netcode,a=0;for(let{order:n,visit:o}of t){if(!o.code_at||b(o.code_at)>=b(e.resets_at))continue;let t=n.device_ids.filter(e=>r.has(e)).length;t&&(i-=t,i<0&&(a+=1))}return a}var an=e=>e.kind===`bookings`?`bed`:`invited`,on=class extends A{static{this.styles=[U,P,C,i,_]}render(){let{store:e}=this.app;if(!e.accounts.length)return x(this.app);let t=k`<h2 class="vh">${this.t(`tabs.bookings`)}</h2>`;return e.orders.length?k`${t}
<div class="cols">
<div>${this.who()}</div>
<div>${this.sources()}</div>
</div>`:k`${t}<ha-card class="card">${this.nothingYet()}</ha-card>`}nothingYet(){let e=this.app.hass.user?.is_admin?k`<button class="btn fill" @click=${()=>Ke(this.app.words,`bookings.add_calendar`)}>
${I(`plus`)}${this.t(`bookings.add_calendar`)}
</button>`:void 0;return E(`bookings`,this.t(`bookings.empty_title`),this.t(`bookings.empty_text`),e)}who(){let{store:e}=this.app,{needs:t,here:n,next:r}=en(e.orders,e.codes,this.app.now()),i=e.accounts.map(t=>rn(t,r,e.locks)).reduce((e,t)=>e+t,0);return k`<ha-card class="card">
<header><h2>${this.t(`bookings.who`)}</h2></header>
${i?k`<div class="pad">
${D({tone:`warn`,icon:`calls`,text:this.n(`bookings.too_few`,i)})}
</div>`:O}
${this.group(this.t(`bookings.needs`),t)} ${this.group(this.t(`bookings.here`),n)}
${this.days(r).map(([e,t])=>this.group(e,t))}
${t.length+n.length+r.length?O:k`<p class="none sec">${this.t(`bookings.nobody`)}</p>`}
</ha-card>`}days(e){let t=new Map;for(let n of e){let e=Math.max(n.start,this.app.now()),r=this.app.times.heading(e,this.zone(n));t.set(r,[...t.get(r)??[],n])}return[...t]}group(e,t){return t.length?k`<h3 class="sub">${e}</h3>
<div class="list">${t.map(e=>this.row(e))}</div>`:O}row(e){let{order:t,visit:n,start:r,end:i}=e,a=this.zone(e);return k`<div class="row">
${I(an(t))}
<div class="body">
<span class="two b">${R(n.title)}</span>
<span class="sec">${this.names(nn(e))} · ${this.app.times.short(r,i,a)}</span>
<span class="tags">${this.tag(e,a)}</span>
</div>
<div class="end">${this.action(e)}</div>
</div>`}tag(e,n){let{visit:r}=e,{times:i}=this.app,a=e=>e?i.end(b(e),n):``;if(r.state===`cancelled`){let r=i.end(tn(e),n);return t(`warn`,`blocked`,this.t(`bookings.cancelled`,{end:r}))}return r.problem===null?r.state===`here`&&r.arrived_at?t(`ok`,`ok`,this.t(`bookings.arrived`,{time:a(r.arrived_at)})):r.sent_at?t(`ok`,`ok`,this.t(`bookings.sent`,{time:a(r.sent_at)})):r.codes.length||!r.code_at?t(`ok`,`ok`,this.t(`bookings.code_made`)):t(``,`clock`,this.t(`door.code_comes`,{time:a(r.code_at)})):t(`bad`,`warning`,r.problem)}action(e){let{visit:t,codes:n}=e,{app:r}=this,[i]=n;if(t.state===`cancelled`&&i){let t=nn(e),n=r.store.lock(i.device_id)?.keypad.block.length;return t.length>1||!n?this.chevron(e):k`<button class="btn plain" @click=${()=>z(r,i.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`}if(t.problem!==null&&i){let e=n.map(e=>e.id);return k`<button class="btn plain" @click=${()=>$t(r,e)}>
${this.t(`bookings.send_again`)}
</button>`}return t.problem===null?this.chevron(e):this.makeFor(e)}makeFor({order:e,visit:t}){let{store:n}=this.app,r=e.device_ids.filter(e=>{let t=n.lock(e);return t&&n.mayIssue(t)});return r.length?k`<button class="btn plain" ?disabled=${!n.connected} @click=${()=>L(this.app,r[0],t.title,r)}>
${this.t(`make.make_one`)}
</button>`:O}chevron({visit:e,codes:t}){let[n]=t;if(!n)return O;let r=$e(`codes`,n.id);return k`<a
class="ib sec"
href=${r}
aria-label=${this.t(`bookings.codes_of`,{name:e.title})}
@click=${e=>{e.ctrlKey||e.metaKey||e.shiftKey||e.button!==0||(e.preventDefault(),j(r))}}>${I(`next`,`flip`)}</a>`}sources(){let e=this.app.hass.user?.is_admin,t=e=>k`<button class="btn plain" @click=${()=>Ke(this.app.words,e)}>
${I(`plus`,`s`)}${this.t(e)}
</button>`;return k`<ha-card class="card">
<header><h2>${this.t(`bookings.sources`)}</h2></header>
<div class="list">${this.app.store.orders.map(e=>this.source(e))}</div>
${e?k`<div class="foot">
${t(`bookings.add_calendar`)}${t(`bookings.add_visitor`)}
</div>`:O}
</ha-card>`}source(e){let t=e.kind===`bookings`?`calendarSync`:`invited`,n=k`${I(t)}
<div class="body">
<span class="two b"><bdi>${e.name}</bdi></span>
<span class="sec">${this.origin(e)}</span>
${this.readTag(e)}
</div>`;return this.app.hass.user?.is_admin?k`<button class="row link" @click=${()=>j(F(e.entry_id))}>
${n}<span class="ib sec">${I(`open`,`s flip`)}</span>
</button>`:k`<div class="row">${n}</div>`}origin({calendar_entity_id:t,visits:n,device_ids:r}){let{hass:i,words:a,times:o}=this.app,s=this.names(r);if(t){let n=i.states[t];return this.t(`bookings.calendar`,{name:n?e(n):t,doors:s})}return n?this.t(`bookings.visits`,{hours:Ye(n,a,o),doors:s}):s}readTag(e){let{times:n}=this.app,r=this.app.hass.config.time_zone,i=e=>n.end(b(e),r);if(e.unreadable_since){let n=i(e.unreadable_since);return k`<span class="tags">${t(`bad`,`warning`,this.t(`bookings.unreadable`,{time:n}))}</span>`}if(!e.read_at)return O;let a=i(e.read_at);return k`<span class="tags">${t(`ok`,`ok`,this.t(`bookings.read`,{time:a}))}</span>`}names(e){let{store:t,hass:n}=this.app;return e.flatMap(e=>t.lock(e)?.name??[]).sort((e,t)=>e.localeCompare(t,n.language)).map(ze).join(`, `)}zone({order:e,codes:t}){let n=t[0]?.device_id??e.device_ids[0]??``;return this.app.store.lock(n)?.time_zone??this.app.hass.config.time_zone}};N(`codelocks-bookings`,on);var Q=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Q(e,t);return!0},sn=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},cn=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),dn(t)}};function ln(e){this._$AN===void 0?this._$AM=e:(sn(this),this._$AM=e,cn(this))}function un(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Q(r[e],!1),sn(r[e]);else r!=null&&(Q(r,!1),sn(r))}else Q(this,e)}}var dn=e=>{e.type==g.CHILD&&(e._$AP??=un,e._$AQ??=ln)},fn=class extends Xe{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),cn(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Q(this,e),sn(this))}setValue(e){if(me(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},pn=new WeakMap,mn=ne(class extends fn{render(e){return O}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),O}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=pn.get(t);n===void 0&&(n=new WeakMap,pn.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?pn.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),hn=24,gn=class{constructor(e,t=hn){this.host=e,this.step=t,this.observer=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()},{rootMargin:`600px`}),this.watch=e=>{this.sentinel&&this.observer.unobserve(this.sentinel),this.sentinel=e,e&&this.observer.observe(e)},this.limit=t,e.addController(this)}hostConnected(){this.sentinel&&this.observer.observe(this.sentinel)}hostDisconnected(){this.observer.disconnect()}first(e){return e.slice(0,this.limit)}reset(){this.limit=this.step}end(e){return k`<span ?hidden=${e<=this.limit} ${mn(this.watch)}></span>`}more(){this.limit+=this.step,this.host.requestUpdate(),this.host.updateComplete.then(()=>this.watch(this.sentinel))}},_n=6e5;function vn(e,t){let n=e.filter(e=>e.read_calls>0),r=e=>e.read_at?b(e.read_at)+_n:0,i=n.filter(e=>r(e)<=t);if(n.length&&!i.length)return{calls:0,again:Math.min(...n.map(r))};let a=i.reduce((e,t)=>e+t.read_calls-1,0);return{calls:i.length?a+1:0,again:null}}function yn({left:e,quota:t,forecast:n}){let r=Math.max(0,t-e),i=Math.max(0,n-r),a=e=>t>0?100*e/t:0,o=Math.min(100,a(r));return{used:r,more:i,usedShare:o,moreShare:Math.min(100-o,a(i))}}var bn=M`.cards{display:grid;gap:24px;align-items:start;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr))}.pool{padding:16px;display:grid;gap:12px}.left{font-size:40px;line-height:48px;font-variant-numeric:tabular-nums}.left small{font-size:16px;color:var(--secondary-text-color)}.meter{height:12px;border-radius:6px;background:var(--secondary-background-color);overflow:hidden;display:flex}.meter > i,.key-of b{background:var(--cl-primary-fill)}.meter > i.soft,.key-of b.soft{background:repeating-linear-gradient(45deg,var(--cl-primary-text) 0 2px,transparent 2px 6px)}.key-of{display:flex;flex-wrap:wrap;gap:4px 16px}.key-of span{display:inline-flex;align-items:center;gap:6px;font-size:12px;color:var(--secondary-text-color)}.key-of b{width:12px;height:12px;border-radius:3px}.key-of b.none{background:var(--secondary-background-color);padding:0}.pairs{margin:0;padding:0 16px 8px}.pairs > div{display:flex;justify-content:space-between;gap:16px;padding-block:12px}.pairs > div + div{border-block-start:1px solid var(--divider-color)}.pairs dt{min-width:0;overflow-wrap:anywhere}.pairs dd{margin:0;text-align:end}@media (max-width:599px){.cards{gap:16px}.pairs dd{white-space:normal}}@media (forced-colors:active){.meter,.key-of b{border:1px solid CanvasText}.meter > i{background:CanvasText;forced-color-adjust:none}}`,xn=class extends A{static{this.styles=[U,P,i,bn]}static{this.properties={...A.properties,busy:{state:!0},told:{state:!0}}}constructor(){super(),this.growing=new gn(this),this.busy=!1,this.told=``}render(){let{accounts:e}=this.app.store;return e.length?k`<h2 class="vh">${this.t(`tabs.calls`)}</h2>
<div class="stack wide">
${e.map(t=>this.account(t,e.length>1))}
<div class="cards">${this.looks()} ${this.costs()}</div>
</div>`:x(this.app)}account(e,t){return k`${t?k`<h3><bdi>${e.title}</bdi></h3>`:O}
<div class="cards">
${this.pool(e,e.netcode,`codes`,this.spares(e))}
${this.pool(e,e.utility,`reading`,this.n(`calls.reserve`,e.utility.reserve,{n:this.number(e.utility.reserve)}))}
</div>`}spares(e){let t=e.spare_locks.map(e=>this.app.store.lock(e)?.name??``),n=this.app.words.list(t.filter(Boolean));return n?this.t(`calls.spares`,{doors:n}):``}pool(e,t,n,r){let{times:i,hass:a}=this.app,o=a.config.time_zone,{used:s,more:c,usedShare:l,moreShare:u}=yn(t),d=b(e.resets_at),f=i.day(d,o),[ee,p]=[this.number(t.left),this.number(t.quota)],m=this.number(s+c),h=this.t(`calls.meter`,{n:this.number(s),all:m});return k`<ha-card class="card"><div class="pool">
<div>
<h2>${this.t(`calls.${n}`)}</h2>
<span class="sec">${this.t(`calls.${n}_text`)}</span>
</div>
<div class="left">${ee} <small>${this.t(`calls.of_left`,{quota:p})}</small></div>
<div class="meter" role="img" aria-label=${h}>
<i style=${`width:${l}%`}></i><i class="soft" style=${`width:${u}%`}></i>
</div>
<div class="key-of">
<span><b></b>${this.t(`calls.used`,{n:this.number(s)})}</span>
<span><b class="soft"></b>${this.t(`calls.expected`,{day:f,n:this.number(c)})}</span>
<span><b class="none"></b>${this.t(`calls.over`)}</span>
</div>
<p class="sec">
${this.t(`calls.starts_again`,{day:f,time:i.time(d,o)})} ${r}
</p>
</div></ha-card>`}looks(){let{store:e}=this.app,t=this.app.hass.config.time_zone,n=e=>b(e.next_read_at??``),r=e.locks.filter(e=>e.next_read_at!==null).sort((e,t)=>n(e)-n(t));return k`<ha-card class="card">
<header><h2>${this.t(`calls.looks`)}</h2></header>
${r.length||e.accounts.some(e=>e.next_list_at)?k`<dl class="pairs">
${this.growing.first(r).map(e=>this.pair(k`<bdi>${e.name}</bdi>`,this.about(n(e),t)))}
${e.accounts.map(e=>e.next_list_at?this.pair(k`<span class="sec">${this.t(`calls.list`)}</span>`,this.about(b(e.next_list_at),t)):O)}
</dl>
${this.growing.end(r.length)}`:k`<p class="none sec">${this.t(`calls.no_looks`)}</p>`}
${this.foot()}
</ha-card>`}pair(e,t){return k`<div>
<dt>${e}</dt>
<dd class="num">${t}</dd>
</div>`}about(e,t){let{times:n}=this.app,r=n.time(e,t);return Be(e,t)===Be(this.app.now(),t)?this.t(`calls.about`,{time:r}):this.t(`calls.about_day`,{day:n.alone(n.day(e,t)),time:r})}foot(){let{store:e,times:t,hass:n}=this.app,r=e.locks.filter(e=>e.read_calls>0);if(!n.user?.is_admin||!r.length)return O;let i=e.accounts.filter(e=>e.state===`ok`).map(({entry_id:e})=>vn(r.filter(t=>t.entry_id===e),this.app.now())),a=i.reduce((e,t)=>e+t.calls,0),o=i.flatMap(e=>e.again??[]),s=Math.min(...o),c=Math.max(1,Math.floor((this.app.now()-s+_n)/6e4)),l=a?this.n(`calls.takes`,a):o.length?this.n(`door.fresh`,c,{time:t.time(s,n.config.time_zone)}):``;return k`<div class="foot">
<button
class="btn fill"
?disabled=${!a||this.busy||!e.connected}
@click=${()=>void this.read()}>
${I(`refresh`,`s`)}${this.t(`calls.read_all`)}
</button>
<span class="sec small price" role="status">${this.told} ${l}</span>
</div>`}costs(){let{store:e,hass:t}=this.app,n=this.t(`calls.nothing`),r=Math.max(0,...e.locks.map(e=>e.read_calls)),i=Et(e.locks);return k`<ha-card class="card">
<header><h2>${this.t(`calls.costs`)}</h2></header>
<dl class="pairs">
${this.pair(this.t(`calls.cost_make`),this.n(`calls.n_codes`,1))}
${this.pair(this.t(`calls.cost_plan`),n)}
${this.pair(this.t(`calls.cost_use`),n)}
${r?k`${this.pair(this.t(`calls.cost_phone`),this.n(`calls.up_to`,i))}
${this.pair(this.t(`calls.cost_read`),this.n(`calls.up_to`,r))}`:O}
</dl>
${t.user?.is_admin?k`<div class="foot">
<button class="btn plain" @click=${()=>j(F(e.accounts[0]?.entry_id))}>
${I(`cog`,`s`)}${this.t(`account.plan_button`)}
</button>
</div>`:O}
</ha-card>`}number(e){return e.toLocaleString(this.app.hass.locale.language)}latest(){return this.app.store.locks.map(e=>e.last_activity).join()}async read(){let e=this.latest();this.busy=!0,this.told=``;try{await _e(this.app.hass),await new Promise(e=>setTimeout(e,1200)),this.told=this.t(this.latest()===e?`door.nothing_new`:`door.news_came`)}catch(e){this.app.fail(e)}finally{this.busy=!1}}};N(`codelocks-calls`,xn);var Sn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},$=ne(class extends Xe{constructor(e){if(super(e),e.type!==g.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,i]){let a=r(e),{values:o,keys:s}=this.dt(t,n,i);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,f,p=0,m=a.length-1,h=0,g=o.length-1;for(;p<=m&&h<=g;)if(a[p]===null)p++;else if(a[m]===null)m--;else if(c[p]===s[h])l[h]=w(a[p],o[h]),p++,h++;else if(c[m]===s[g])l[g]=w(a[m],o[g]),m--,g--;else if(c[p]===s[g])l[g]=w(a[p],o[g]),d(e,l[g+1],a[p]),p++,g--;else if(c[m]===s[h])l[h]=w(a[m],o[h]),d(e,a[p],a[m]),m--,h++;else if(u===void 0&&(u=Sn(s,h,g),f=Sn(c,p,m)),u.has(c[p])){if(u.has(c[m])){let t=f.get(s[h]),n=t===void 0?null:a[t];if(n===null){let t=d(e,a[p]);w(t,o[h]),l[h]=t}else l[h]=w(n,o[h]),d(e,a[p],n),a[t]=null;h++}else ge(a[m]),m--}else ge(a[p]),p++;for(;h<=g;){let t=d(e,l[g+1]);w(t,o[h]),l[h++]=t}for(;p<=m;){let e=a[p++];e!==null&&ge(e)}return this.ut=s,ee(e,l),et}}),Cn=class extends v{static{this.properties={...v.properties,result:{state:!0}}}constructor(){super(),this.codes=[],this.result=null}render(){let e=this.codes[0]?.name,t=e?this.t(`result.title`,{name:e}):this.n(`result.ready`,this.codes.length);return this.frameAround(t,k`${this.result??O}`)}async begin(){try{let e=await Promise.all(this.codes.map(e=>f(this.app.hass,e.id)));if(!this.isConnected)return;let t=new De;t.app=this.app,t.done=this.close;let n=this.codes.map((t,n)=>ae(t,e[n]?.netcode??``));t.take({codes:n,failed:[],deliveries:[],netcode_calls_left:0}),this.result=t,await this.updateComplete,await t.updateComplete,t.focusFirst()}catch(e){this.app.fail(e),this.close()}}};N(`codelocks-order`,Cn);function wn(e,t){y(`codelocks-order`,e,{codes:t},e=>void e.begin())}async function Tn(e,t){try{return(await f(e.hass,t)).netcode}catch(t){return e.tell({tone:`bad`,text:e.words.reason(t)||e.words.t(`codes.not_shown`)}),null}}async function En(e,t){let n=Tn(e,t.id),r=await l(n.then(e=>e??Promise.reject(Error(`none`)))),i=r?null:await n;r||i&&await m(i)?e.tell({tone:`ok`,text:e.words.t(`result.copied`)}):i&&e.tell({tone:`bad`,text:e.words.t(`codes.not_copied`)})}function Dn(e,t){let{words:n,times:r}=e,i=t.name??n.t(`codes.nameless`),a=r.moment(b(t.end),xe(e,t));y(`codelocks-ask`,e,{asked:{title:n.t(`codes.withdraw_title`,{name:i}),text:n.t(`codes.withdraw_text`,{door:t.lock_name,end:a}),confirm:n.t(`codes.withdraw_button`),run:()=>{te(e.hass,[t.id]).then(()=>e.tell({text:n.t(`codes.tag_opens`,{end:a}),...On(e,t)}),t=>e.fail(t))}}})}function On(e,t){return e.store.lock(t.device_id)?.keypad.block.length?{action:{label:e.words.t(`codes.how_to_block`),run:()=>z(e,t.device_id,`block`)}}:{}}function kn(e,t,n){let{words:r,store:i}=e,o=i.lock(t.device_id),s=o!==void 0&&i.mayIssue(o),c=e.now(),l=[];if(ot(t,c)){n&&l.push({icon:`eye`,label:r.t(`codes.show`),run:n});let o=a(i.codes,t,c);if(o.length>1){let t=r.n(`codes.show_all`,o.length);l.push({icon:`eye`,label:t,run:()=>void wn(e,o)})}l.push({icon:`copy`,label:r.t(`codes.copy`),run:()=>void En(e,t)})}if(S(t,c)||l.push({icon:`send`,label:r.t(`send.button`),run:()=>$t(e,[t.id])}),s){let n=i.codes.filter(e=>t.order&&e.order===t.order);l.push({icon:`keyPlus`,label:r.t(`codes.again`),run:()=>L(e,t.device_id,t.name??``,[...new Set(n.map(e=>e.device_id))])})}let{action:u}=On(e,t);return u&&t.state===`withdrawn`&&!S(t,c)&&l.push({icon:`blocked`,...u}),s&&t.state!==`withdrawn`&&!S(t,c)&&l.push({icon:`blocked`,label:r.t(`codes.withdraw`),run:()=>Dn(e,t),bad:!0}),l}var An=24,jn=class{constructor(e){this.host=e,this.seen=new Set([0]),this.heights=new Map,this.observer=new IntersectionObserver(e=>this.look(e),{rootMargin:`800px 0px`}),e.addController(this)}hostDisconnected(){this.observer.disconnect()}hostUpdated(){for(let e of this.host.renderRoot.querySelectorAll(`[data-page]`))this.observer.observe(e)}reset(){this.seen=new Set([0]),this.heights.clear(),this.observer.disconnect()}of(e,t){return Array.from({length:Math.ceil(e.length/An)},(n,r)=>{let i=r*An,a=Math.min(An,e.length-i),o=this.heights.get(r)??a*t;return{number:r,from:i,rows:this.seen.has(r)?e.slice(i,i+a):null,height:o}})}look(e){let t=[...this.seen].join();for(let{target:t,isIntersecting:n,boundingClientRect:r}of e){if(!t.isConnected)continue;let e=Number(t.dataset.page);n?this.seen.add(e):this.seen.has(e)&&!t.matches(`:focus-within`)&&(this.heights.set(e,r.height),this.seen.delete(e))}[...this.seen].join()!==t&&this.host.requestUpdate()}},Mn=M`table{border-collapse:collapse;width:100%}th{text-align:start;font-weight:500;font-size:12px;color:var(--secondary-text-color);padding:12px 8px}td{padding:8px;border-block-start:1px solid var(--divider-color);vertical-align:middle;height:64px}:is(th,td):first-child{padding-inline-start:16px}`,Nn=M`table{table-layout:fixed}td{overflow-wrap:anywhere}th:nth-child(1){width:20%}th:nth-child(3){width:26%}th:nth-child(5){width:248px}@media (max-width:1099px){th:nth-child(5){width:190px}.shown .copy{display:none}}.gap td{padding:0;height:auto}td .tags{margin-block-start:4px;display:flex;flex-wrap:wrap;gap:4px}.ends{display:flex;align-items:center;justify-content:flex-end;white-space:nowrap}.page + .page{border-block-start:1px solid var(--divider-color)}.row > .end.top{align-self:start}`,Pn=matchMedia(`(min-width: 1000px)`),Fn=65,In=72,Ln=6e4,Rn=class extends A{static{this.styles=[U,P,C,i,ve,T,_,h,Mn,Nn]}static{this.properties={...A.properties,codeId:{attribute:!1},which:{state:!0},wanted:{state:!0}}}constructor(){super(),this.held=new je(this),this.pages=new jn(this),this.source=[],this.entries=[],this.sortedAt=0,this.sorted={now:[],later:[],over:[]},this.make=()=>L(this.app),this.onWidth=()=>{this.pages.reset(),this.requestUpdate()},this.codeId=``,this.which=`now`,this.wanted=``}connectedCallback(){super.connectedCallback(),Pn.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),Pn.removeEventListener(`change`,this.onWidth)}willUpdate(e){let{store:t,hass:n}=this.app,r=this.app.now(),i=t.codes!==this.source;i&&(this.source=t.codes,this.entries=ct(t.codes,this.t(`codes.nameless`),n.language)),(i||Math.floor(r/Ln)!==this.sortedAt)&&(this.sortedAt=Math.floor(r/Ln),this.sorted=at(this.entries,r)),e.has(`codeId`)&&this.findCode(),(e.has(`which`)||e.has(`wanted`))&&this.pages.reset()}render(){if(!this.app.store.accounts.length)return x(this.app);let e=this.app.hass.language,t=Object.fromEntries(it.map(t=>[t,Te(this.sorted[t],this.wanted,e)])),n=t[this.which];return k`<h2 class="vh">${this.t(`tabs.codes`)}</h2>
<div class="stack wide">
<div class="lead">${this.choice(t)} ${this.find()}</div>
<ha-card class="card">${n.length===0?this.none(t):Pn.matches?this.table(n):this.list(n)}</ha-card>
<p class="sec small">${this.t(`codes.explain`)}</p>
</div>
${this.mayMake?k`<button
class="btn fill big fab"
?disabled=${!this.app.store.connected}
@click=${this.make}>
${I(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:O}`}get mayMake(){let{store:e}=this.app;return e.locks.some(t=>e.mayIssue(t))}findCode(){let e=this.entries.find(({code:e})=>e.id===this.codeId);this.wanted=e?e.code.name??e.code.lock_name:``,this.which=it.find(t=>e&&this.sorted[t].includes(e))??this.which}choice(e){return k`<div class="seg" role="radiogroup" aria-label=${this.t(`codes.which`)}>
${it.map(t=>k`<label><input
type="radio"
name="which"
.checked=${this.which===t}
@change=${()=>this.which=t}
/>${this.t(`codes.part_${t}`)}${t===`over`&&!this.wanted?O:k` <span class="num">${e[t].length.toLocaleString(this.app.hass.locale.language)}</span>`}</label>`)}
</div>`}find(){return k`<label class="find">${I(`find`)}<input
type="search"
autocomplete="off"
.value=${this.wanted}
placeholder=${this.t(`codes.find`)}
aria-label=${this.t(`codes.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}none(e){if(this.wanted.trim()){let e=()=>{this.wanted=``},t=this.which===`over`?``:this.t(`codes.find_over`),n=k`<button class="btn" @click=${e}>${this.t(`find.clear`)}</button>`;return E(`find`,this.t(`find.nothing`,{text:this.wanted.trim()}),t,n)}let t=e.later.length,n=this.which===`now`&&t?this.n(`codes.open_later`,t):``,r=this.mayMake?k`<button
class="btn tonal"
?disabled=${!this.app.store.connected}
@click=${this.make}>
${I(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:void 0;return E(`keypad`,this.t(`codes.none_${this.which}`),n,r)}table(e){let t=e=>k`<th scope="col">${this.t(e)}</th>`;return k`<table aria-rowcount=${e.length+1}>
<thead>
<tr aria-rowindex="1">
${t(`make.for_whom`)}${t(`codes.door`)}${t(`codes.opens`)}${t(`codes.made`)}
<th scope="col"><span class="vh">${this.t(`codes.actions`)}</span></th>
</tr>
</thead>
${this.pages.of(e,Fn).map(e=>k`<tbody data-page=${e.number}>
${e.rows?this.rowsOf(e,(e,t)=>this.tableRow(e,t)):k`<tr class="gap" aria-hidden="true">
<td colspan="5" style=${`height:${e.height}px`}></td>
</tr>`}
</tbody>`)}
</table>`}list(e){return k`${this.pages.of(e,In).map(e=>k`<div
class="list page"
data-page=${e.number}
style=${e.rows?``:`height:${e.height}px`}>
${e.rows?this.rowsOf(e,e=>this.listRow(e)):O}
</div>`)}`}rowsOf(e,t){return $(e.rows??[],({code:e})=>e.id,({code:n},r)=>t(n,e.from+r))}tableRow(e,t){let n=Je(this.app,e,!0),r=this.shownOf(e);return k`<tr aria-rowindex=${t+2} class=${this.app.isFresh(e.id)?`fresh`:``}>
<td class="b"><span class="two">${R(this.nameOf(e))}</span></td>
<td><span class="two"><bdi>${e.lock_name}</bdi></span></td>
<td>
${Ne(this.app,e)}${n.length?k`<span class="tags">${n}</span>`:O}
</td>
<td class="sec"><span class="two">${Fe(this.app,e)}</span></td>
<td>
<span class="ends">${r===null?k`${this.show(e)}${this.again(e)}`:this.digits(r)}${this.more(e)}</span>
</td>
</tr>`}listRow(e){let t=Je(this.app,e,!0),n=this.shownOf(e);return k`<div class="row ${this.app.isFresh(e.id)?`fresh`:``}">
${I(Ue(e))}
<div class="body">
<span class="two b">${R(this.nameOf(e))}</span>
<span class="sec"><bdi>${e.lock_name}</bdi> · ${Ne(this.app,e)}<span class="vh">, ${Fe(this.app,e)}</span></span>
${n===null?O:k`${this.digits(n)}<span class="sec small">${this.n(`result.hidden_in`,this.held.left)}</span>`}
${t.length?k`<span class="tags">${t}</span>`:O}
</div>
<div class="end ${n===null?``:`top`}">
${n!==null||e.state===`withdrawn`?O:this.show(e)}${this.more(e)}
</div>
</div>`}nameOf(e){return e.name??this.t(`codes.nameless`)}shownOf(e){return this.held.value?.id===e.id?this.held.value.netcode:null}digits(e){let t=async()=>{let t=await m(e);this.app.tell({tone:t?`ok`:`bad`,text:this.t(t?`result.copied`:`codes.not_copied`)})};return k`<span class="shown"><output aria-label=${s(e)}>${fe(e)}</output><button
class="ib sec ${Pn.matches?`copy`:``}"
aria-label=${this.t(`codes.copy`)}
@click=${()=>void t()}>
${I(`copy`)}</button><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${I(`eyeOff`)}
</button></span>`}show(e){let{app:t}=this;return e.state===`withdrawn`&&!S(e,t.now())?t.store.lock(e.device_id)?.keypad.block.length?k`<button class="btn plain" @click=${()=>z(t,e.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`:O:ot(e,t.now())?k`<button
class="ib sec"
?disabled=${!t.store.connected}
aria-label=${this.t(`codes.show_of`,{name:this.nameOf(e)})}
@click=${()=>void this.reveal(e)}>
${I(`eye`)}
</button>`:O}again(e){return e.state===`withdrawn`||S(e,this.app.now())?O:k`<button
class="ib sec"
?disabled=${!this.app.store.connected}
aria-label=${this.t(`codes.send_again`,{name:this.nameOf(e)})}
@click=${()=>$t(this.app,[e.id])}>
${I(`send`,`flip`)}
</button>`}more(e){return W(this.t(`codes.more`,{name:this.nameOf(e)}),()=>kn(this.app,e,this.shownOf(e)===null?()=>void this.reveal(e):null))}async reveal(e){let t=await Tn(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}};N(`codelocks-codes`,Rn);var zn=e=>typeof e==`string`&&e?e:null;async function Bn(e,t,n,r){return Vn((await e.callWS({type:`history/history_during_period`,start_time:new Date(n).toISOString(),end_time:new Date(r+1728e5).toISOString(),entity_ids:[t],minimal_response:!1,no_attributes:!1,significant_changes_only:!1,include_start_time_state:!1}))[t]??[],n,r)}function Vn(e,t,n){let r=new Map;for(let{a:i}of e){let e=Date.parse(zn(i?.time)??``);!i||Number.isNaN(e)||e<t||e>=n||r.set(`${String(i.entry_id)} ${e}`,{time:e,type:zn(i.event_type)??`other`,text:zn(i.text),name:zn(i.name)})}return[...r.values()].sort((e,t)=>t.time-e.time)}var Hn=class extends A{static{this.styles=[U,P,C,ve,T,ue]}static{this.properties={...A.properties,lock:{attribute:!1},day:{state:!0},date:{state:!0},entries:{state:!0},failed:{state:!0},reading:{state:!0},told:{state:!0}}}constructor(){super(),this.loaded=``,this.day=`today`,this.date=``,this.entries=null,this.failed=!1,this.reading=!1,this.told=``}willUpdate(e){if(e.has(`lock`)){let t=e.get(`lock`);t&&t.device_id!==this.lock.device_id&&(this.told=``)}let t=[this.lock.device_id,this.dayAt,this.lock.last_activity,this.app.store.connected].join(`|`);t!==this.loaded&&this.app.store.connected&&(this.loaded=t,this.load(t))}render(){return k`<ha-card class="card">
<header><h2>${this.t(`door.happened`)}</h2></header>
<div class="days-of">${this.days()}</div>
${this.list()} ${this.explain()} ${this.foot()}
</ha-card>`}get dayAt(){let{now:e,zone:t}={now:this.app.now(),zone:this.lock.time_zone},n=Be(e,t);return this.day===`other`&&this.date?Date.parse(`${this.date}T00:00Z`)/864e5:this.day===`yesterday`?n-1:n}days(){let e=e=>k`<label><input
type="radio"
name="day"
.checked=${this.day===e}
@change=${()=>this.choose(e)}
/>${this.t(`door.day_${e}`)}</label>`,t=oe(this.app.now(),this.lock.time_zone).date;return k`<div class="seg" role="radiogroup" aria-label=${this.t(`door.day`)}>
${e(`today`)}${e(`yesterday`)}${e(`other`)}
</div>
${this.day===`other`?k`<label class="field"><span>${this.t(`door.day`)}</span><input
type="date"
max=${t}
.value=${this.date}
@change=${e=>this.date=e.target.value}
/></label>`:O}`}list(){let{words:e,times:t}=this.app;if(this.failed){let e={label:this.t(`make.try_again`),run:()=>void this.load(this.loaded)};return k`<div class="pad">
${D({tone:`bad`,icon:`alert`,text:this.t(`door.no_history`),action:e})}
</div>`}return this.entries?this.entries.length?k`<ol class="time">
${this.entries.map(n=>k`<li>
<span class="num">${t.time(n.time,this.lock.time_zone)}</span>${I(Le(n),n.type===`denied`?`bad`:``)}
<div>${R(Ce(n,e))}</div>
</li>`)}
</ol>`:k`<p class="none sec">${this.t(`door.nothing`)}</p>`:k`<div class="pad" aria-busy="true"></div>`}explain(){let{times:e}=this.app,{lock:t}=this,n=t.time_zone,r=e.zoneName(n);return k`<p class="sec small explain">
${r?this.t(`door.times_zone`,{zone:r}):this.t(`door.times`)}
${t.read_at?this.t(`door.read_at`,{time:e.end(b(t.read_at),n)}):O}
${t.next_read_at?this.t(`door.next_read`,{time:e.end(b(t.next_read_at),n)}):this.t(`door.how_news`)}
</p>`}foot(){let{lock:e,app:t}=this,n=t.store.account(e.entry_id);if(!e.read_calls||!n||!t.hass.user?.is_admin)return O;let r=e.read_at?b(e.read_at)+_n:0,i=r>t.now(),a=i?this.n(`door.fresh`,Math.max(1,Math.floor((t.now()-r+_n)/6e4)),{time:t.times.time(r,e.time_zone)}):this.t(`door.read_price`,{n:e.read_calls,left:n.utility.left});return k`<div class="foot">
<button
class="btn plain"
?disabled=${i||this.reading||!t.store.connected||n.state!==`ok`}
@click=${()=>void this.read()}>
${I(`refresh`,`s`)}${this.t(`door.read_now`)}
</button>
<span class="sec small price" role="status">${this.told} ${a}</span>
</div>`}choose(e){this.day=e,e===`other`&&!this.date&&(this.date=oe(this.app.now()-1728e5,this.lock.time_zone).date)}async load(e){let{entity:t,zone:r}={entity:this.lock.entities.activity,zone:this.lock.time_zone};if(!t)return;let[i,a]=[n(this.dayAt,0,r),n(this.dayAt+1,0,r)];try{let n=await Bn(this.app.hass,t,i,a);if(e!==this.loaded)return;this.entries=n,this.failed=!1}catch{e===this.loaded&&(this.failed=!0)}}async read(){let e=this.lock.last_activity;this.reading=!0,this.told=``;try{await _e(this.app.hass,[this.lock.device_id]),await new Promise(e=>setTimeout(e,1200));let t=this.app.store.lock(this.lock.device_id)?.last_activity??null;this.told=t===e?this.t(`door.nothing_new`):this.t(`door.news_came`)}catch(e){this.app.fail(e)}finally{this.reading=!1}}};N(`codelocks-timeline`,Hn);var Un=class extends A{constructor(...e){super(...e),this.held=new je(this)}static{this.styles=[U,P,C,_,h,u,se]}static{this.properties={...A.properties,lock:{attribute:!1}}}render(){let{lock:e,app:t}=this,n=t.now(),r=t.store.codesOf(e.device_id),i=We(e,n),a=[...Oe(r,n).map(e=>this.code(e,!0)),...i.now.map(e=>this.phone(e))],o=[...i.later.filter(e=>e.state===`on`).map(e=>this.phone(e)),...tt(r,n).map(e=>this.code(e,!1)),...this.visits().map(([e,t])=>this.visit(e,t)),...i.later.filter(e=>e.state!==`on`).map(e=>this.phone(e))];return k`<ha-card class="card">
<header><h2>${this.t(`door.who`)}</h2></header>
${this.group(`door.now`,a.length?a:[k`<p class="none sec">${this.t(`doors.nobody`)}</p>`])}
${this.group(`door.later`,o)}
${this.group(`door.not`,i.not.map(e=>this.phone(e)))} ${this.invite()}
</ha-card>`}group(e,t){return t.length?k`<h3 class="sub">${this.t(e)}</h3>
<div class="list">${t}</div>`:O}row(e,t,n,r,i,a=!1){return k`<div class="row ${a?`fresh`:``}">
${I(e)}
<div class="body">
<span class="two">${R(t)}</span><span class="sec">${n}</span>
${r.length?k`<span class="tags">${r}</span>`:O}
</div>
<div class="end">${i}</div>
</div>`}code(e,t){let{app:n,lock:r}=this,i=e.name??this.t(`codes.nameless`),a=e.state===`withdrawn`,o=n.times.moment(b(e.end),r.time_zone),s=n.times.short(b(e.start),b(e.end),r.time_zone),c=t?this.t(a?`door.code_still`:`door.code_until`,{end:o}):this.t(`door.code_later`,{window:s}),l=this.codeEnd(e,i,a);return this.row(`keypad`,i,c,Je(n,e,!1),l,n.isFresh(e.id))}codeEnd(e,t,n){let{app:r,lock:i}=this,a=this.held.value?.id===e.id?this.held.value.netcode:null,o=W(this.t(`codes.more`,{name:t}),()=>kn(r,e,a===null?()=>void this.show(e):null));return a===null?n&&i.keypad.block.length?k`<button class="btn plain" @click=${()=>z(r,i.device_id,`block`)}>${this.t(`codes.block`)}</button>${o}`:n?o:k`<button
class="ib sec"
aria-label=${this.t(`codes.show_of`,{name:t})}
@click=${()=>void this.show(e)}>
${I(`eye`)}</button>${o}`:k`<output class="shown" aria-label=${s(a)}>${fe(a)}</output><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${I(`eyeOff`)}</button>${o}`}phone(e){let{app:n,lock:r}=this,i=B(e.active_periods,n.words,n.times),a=Me(e.active_periods,n.now(),r.time_zone),o=e.state===`on`&&We(r,n.now()).later.includes(e),s=e.state===`suspended`?this.t(`door.phone`):o&&a!==null?this.t(`door.phone_next`,{hours:i,time:n.times.weekdayTime(a,r.time_zone)}):this.t(`door.phone_hours`,{hours:i}),c={on:[],suspended:[t(`warn`,`pause`,this.t(`people.suspended`))],invited:[t(`info`,`invited`,this.t(`people.invited`))],unknown:[t(``,`help`,this.t(`people.unknown`))]}[e.state],l=Kt(this.app,r,e),u=l.length?W(this.t(`codes.more`,{name:e.email}),l):O;return this.row(e.state===`suspended`?`personOff`:`phone`,e.email,s,c,u)}visits(){let{lock:e,app:t}=this,n=new Set(t.store.codesOf(e.device_id).map(e=>e.id));return t.store.orders.filter(t=>t.device_ids.includes(e.device_id)).flatMap(e=>e.next.filter(e=>e.state!==`cancelled`&&b(e.end)>t.now()).filter(e=>!e.codes.some(e=>n.has(e))).map(t=>[e,t])).sort(([,e],[,t])=>b(e.start)-b(t.start))}visit(e,n){let{app:r,lock:i}=this,a=r.times.short(b(n.start),b(n.end),i.time_zone),o=[...n.code_at?[t(``,`clock`,this.t(`door.code_comes`,{time:r.times.moment(b(n.code_at),i.time_zone)}))]:[],...n.problem?[t(`bad`,`warning`,n.problem)]:[]],s=e.kind===`bookings`?`door.booking`:`door.visitor`;return this.row(`bed`,n.title,this.t(s,{window:a}),o,O)}invite(){let{app:e,lock:t}=this;return t.kind===`kitlock`||!e.store.mayIssue(t)?O:k`<div class="foot">
<button
class="btn plain"
?disabled=${!e.store.connected}
@click=${()=>Z(e,``,[t.device_id])}>
${I(`invite`,`s`)}${this.t(`door.invite`)}
</button>
</div>`}async show(e){let t=await Tn(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}};N(`codelocks-who`,Un);var Wn=class extends A{constructor(...e){super(...e),this.last=null,this.make=()=>L(this.app,this.deviceId)}static{this.styles=[U,P,C,i,_,Ge]}static{this.properties={...A.properties,deviceId:{attribute:!1}}}render(){let e=this.app.store.lock(this.deviceId);return e?(this.last={id:e.device_id,name:e.name},k`<div class="stack wide">
${this.lead(e)} ${this.notes(e)}
<div class="cols">
<div><codelocks-who .app=${this.app} .lock=${e}></codelocks-who></div>
<div>
${e.entities.activity?k`<codelocks-timeline .app=${this.app} .lock=${e}></codelocks-timeline>`:O}
${this.keypad(e)}
</div>
</div>
${this.mayMake(e)?this.floating(e):O}
</div>`):this.gone()}mayMake(e){return!!this.app.store.account(e.entry_id)?.may_issue}lead(e){let{times:t,words:n}=this.app,r=Qe(e,n),i=e.last_activity?this.t(`door.news`,{news:r,time:t.moment(b(e.last_activity),e.time_zone)}):r,a=e.model??(e.kind===`kitlock`?`KitLock`:null),o=[e.area,a,t.zoneName(e.time_zone)].filter(Boolean).join(` · `),s=e.battery===null?e.battery_low?this.t(`doors.battery_low`):null:this.t(`doors.battery`,{n:e.battery});return k`<div class="lead">
<span class="pip">${I(nt(e))}</span>
<div class="grow">
<h2>${i}</h2>
<span class="sec">${o}${s?k` ${o?`· `:``}<span class="battery ${e.battery_low?`low`:``}">${I(e.battery_low?`batteryLow`:`battery`,`xs`)} ${s}</span>`:O}</span>
</div>
${this.mayMake(e)?k`<span class="not-phone"><button class="btn fill" ?disabled=${!this.ready(e)} @click=${this.make}>
${I(`keyPlus`)}${this.t(`door.make_for`,{door:e.name})}
</button></span>`:O}
</div>`}notes(e){return e.clock_problem===`lost`?D({tone:`warn`,icon:`clockAlert`,title:this.t(`doors.clock_title`),text:this.t(`doors.clock_text`),...e.keypad.set_clock.length?{action:{label:this.t(`coach.set_clock_button`),run:()=>z(this.app,e.device_id,`set_clock`)}}:{}}):O}keypad(e){let t=Ve.filter(t=>e.keypad[t].length>0);return t.length?k`<ha-card class="card">
<header><h2>${this.t(`door.keypad`)}</h2></header>
<div class="list">${t.map(t=>this.lesson(e,t))}</div>
</ha-card>`:O}lesson(e,t){let n=e.keypad[t],r=n.some(e=>e.what===`master_code`)?`master_steps`:`steps`;return k`<button
class="row link"
@click=${()=>z(this.app,e.device_id,t)}>
${I({block:`blocked`,set_clock:`clockAlert`,start_anew:`renew`}[t])}
<span class="body"><span>${this.t(`door.${t}`)}</span><span class="sec">${this.n(`door.${r}`,n.length)}</span></span>
${I(`next`,`sec flip`)}
</button>`}floating(e){return k`<div class="phone-only under-fab"></div>
<button class="btn fill big fab low-fab" ?disabled=${!this.ready(e)} @click=${this.make}>
${I(`keyPlus`)}${this.t(`make.make_one`)}
</button>`}gone(){let e=this.last?.id===this.deviceId?this.last.name:null;return D({tone:`warn`,icon:`door`,title:e?this.t(`door.gone_title`,{door:e}):this.t(`door.unknown_title`),...e?{text:this.t(`door.gone_text`)}:{},action:{label:this.t(`door.back`),run:()=>this.app.go(`doors`)}})}ready(e){return this.app.store.connected&&this.app.store.mayIssue(e)}};N(`codelocks-door`,Wn);var Gn=9,Kn=class extends A{static{this.styles=[U,P,C,i,T]}static{this.properties={...A.properties,wanted:{state:!0}}}constructor(){super(),this.growing=new gn(this),this.wanted=``}render(){let{store:e}=this.app;if(!e.accounts.length)return x(this.app);if(!e.locks.length)return this.noLocks();let t=e.locks.length>=Gn,n=this.found();return k`<h2 class="vh">${this.t(`tabs.doors`)}</h2>
<div class="stack">
${e.accounts.map(e=>this.accountNotes(e))}
${t?this.find():O}
${t&&!this.wanted?this.byArea(n):this.grid(n)}
${n.length?this.growing.end(n.length):this.nothingFound()}
</div>`}found(){let e=this.wanted.trim().toLocaleLowerCase(this.app.hass.language);return this.app.store.locks.filter(t=>`${t.name} ${t.area??``}`.toLocaleLowerCase(this.app.hass.language).includes(e))}grid(e){return k`<div class="grid">
${$(this.growing.first(e),e=>e.device_id,e=>k`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>`}byArea(e){let t=new Map;for(let n of e)t.set(n.area??``,[...t.get(n.area??``)??[],n]);let n=[...t.keys()].sort((e,t)=>Number(!e)-Number(!t)||e.localeCompare(t,this.app.hass.language)),r=this.growing.first(n.flatMap(e=>t.get(e)??[])),i=new Set(r);return k`${$(n.filter(e=>t.get(e)?.some(e=>i.has(e))),e=>e,e=>k`<section class="stack">
<h3>${e||this.t(`doors.no_area`)}</h3>
<div class="grid">
${$(t.get(e)?.filter(e=>i.has(e))??[],e=>e.device_id,e=>k`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>
</section>`)}`}find(){return k`<label class="find">${I(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`doors.find`)}
aria-label=${this.t(`doors.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}accountNotes(e){let t=()=>j(F()),n=this.app.hass.user?.is_admin;if(e.state!==`ok`){let r=e.state===`keys_refused`;return D({tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:e.title}),text:this.t(r?`account.refused_text`:`account.off_text`),...n&&r?{action:{label:this.t(`account.keys_button`),run:t}}:{}})}return e.netcode.left===0&&e.may_issue?this.spent(e):O}spent(e){let{times:t,store:n,hass:r}=this.app,i=r.config.time_zone,a=()=>j(F(e.entry_id)),o=n.locks.filter(t=>t.entry_id===e.entry_id&&t.spare_until);return k`${D({tone:`warn`,icon:`calls`,title:this.t(`account.spent_title`),text:this.t(`account.spent_text`,{day:t.day(b(e.resets_at),i),time:t.time(b(e.resets_at),i)}),...r.user?.is_admin?{action:{label:this.t(`account.plan_button`),run:a}}:{}})}
${o.map(e=>D({tone:`info`,icon:`spare`,text:this.t(`account.has_spare`,{door:e.name,end:t.full(b(e.spare_until??``),e.time_zone)})}))}`}noLocks(){let e=this.app.hass.user?.is_admin?k`<button class="btn fill" @click=${()=>Ke(this.app.words,`doors.add_kitlock`)}>
${I(`plus`)}${this.t(`doors.add_kitlock`)}
</button>`:void 0;return k`<ha-card class="card">${E(`keypadHint`,this.t(`doors.empty_title`),this.t(`doors.empty_text`),e)}</ha-card>`}nothingFound(){let e=k`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`;return k`<ha-card class="card">${E(`find`,this.t(`find.nothing`,{text:this.wanted}),``,e)}</ha-card>`}};N(`codelocks-doors`,Kn);var qn={},Jn=ne(class extends Xe{constructor(){super(...arguments),this.ot=qn}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return et}else if(this.ot===t)return et;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),Yn=9,Xn={on:`ok`,suspended:`pause`,invited:`invited`,unknown:`help`},Zn=class extends A{constructor(...e){super(...e),this.onFocus=e=>{let t=e.target;t.matches(`td [tabindex]`)&&(e.currentTarget.querySelector(`[tabindex='0']`)?.setAttribute(`tabindex`,`-1`),t.setAttribute(`tabindex`,`0`))},this.onArrow=e=>{let t=e.target.closest(`td`),n=t?.parentElement,r=getComputedStyle(this).direction===`rtl`?-1:1,i={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-r],ArrowRight:[0,r]}[e.key],a=n?.parentElement;t&&n&&a&&i&&(e.preventDefault(),(a.rows[n.sectionRowIndex+i[0]]?.cells)?.[t.cellIndex+i[1]]?.querySelector(`[tabindex]`)?.focus())}}static{this.styles=[U,h,u,At]}static{this.properties={...A.properties,people:{attribute:!1},doors:{attribute:!1}}}updated(){let e=this.renderRoot.querySelector(`.matrix`);e&&!e.querySelector(`[tabindex='0']`)&&e.querySelector(`tbody [tabindex]`)?.setAttribute(`tabindex`,`0`)}render(){let{people:e,doors:t}=this,n=t.length>=Yn?`many`:``,r=[this.app.words,this.app.times,JSON.stringify(t.map(e=>[e.name,!e.clients,X(this.app,e)]))];return k`<div class="scroll">
<table class="matrix" @keydown=${this.onArrow} @focusin=${this.onFocus}>
<thead>
<tr>
<th scope="col">${this.t(`people.phones`)}</th>
${t.map(e=>k`<th scope="col" class=${n}><bdi class="two">${e.name}</bdi></th>`)}
<th scope="col"><span class="vh">${this.t(`people.actions`)}</span></th>
</tr>
</thead>
<tbody>
${$(e,e=>e.email,e=>k`<tr>
${Jn([...r,JSON.stringify([...e.at])],()=>this.row(e))}
</tr>`)}
</tbody>
</table>
</div>`}row(e){return k`<th scope="row">${R(e.email)}${this.everywhere(e)}</th>
${this.doors.map(t=>k`<td>${this.cell(e,t)}</td>`)}
<td>${this.more(e)}</td>`}everywhere(e){return Ot(e)?k`<br /><span class="sec">${this.t(`people.everywhere`)}</span>`:O}cell(e,t){let{email:n}=e,r=e.at.get(t.device_id);if(!r)return this.noCell(e,t);let{state:i}=r,{words:a,times:o}=this.app,s=i===`on`?Ct(r,a,o):i===`invited`?this.t(`people.not_accepted`):``,c=this.t(i===`invited`?`people.invited_short`:`people.${i}`),l=k`${I(Xn[i],`s`)}${c} ${s?k`<small>${s}</small>`:O}`,u=`cell ${i}`;return X(this.app,t)?W(this.t(`people.cell`,{email:n,door:t.name,state:`${c} ${s}`.trim()}),()=>Kt(this.app,t,r),{class:u,content:l,inTable:!0}):k`<span class=${u}>${l}</span>`}noCell(e,t){let{email:n}=e;return!t.clients||!X(this.app,t)?k`<span class="cell unknown">${t.clients?``:this.t(`people.unknown`)}</span>`:k`<button
class="cell no"
tabindex="-1"
aria-label=${this.t(`people.invite_to`,{email:n,door:t.name})}
@click=${()=>Z(this.app,n,[t.device_id])}>
${I(`plus`,`s`)}
</button>`}more(e){return this.doors.some(e=>X(this.app,e))?W(this.t(`codes.more`,{name:e.email}),()=>qt(this.app,e),{class:`ib sec`,content:I(`more`),inTable:!0}):O}};N(`codelocks-matrix`,Zn);var Qn=24,$n=12,er=1500,tr=class extends A{static{this.styles=[U,P,C,i,_,h,u,T,jt]}static{this.properties={...A.properties,wanted:{state:!0},open:{state:!0},busy:{state:!0}}}constructor(){super(),this.growing=new gn(this,$n),this.wide=matchMedia(`(min-width: 1000px)`),this.known={locks:[],people:[]},this.onInvite=()=>Z(this.app),this.onWidth=()=>this.requestUpdate(),this.wanted=``,this.open=new Set,this.busy=new Map}connectedCallback(){super.connectedCallback(),this.wide.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),this.wide.removeEventListener(`change`,this.onWidth)}render(){let{locks:e}=this.app.store,t=e.filter(e=>e.kind===`k3`),n=this.people;return k`<h2 class="vh">${this.t(`tabs.people`)}</h2>
<div class="stack wide">
${n.length?this.lead(t):O} ${this.unread(t)}
${n.length?this.found(n,t):this.nobody()}
${t.length<e.length?k`<p class="sec small">${this.t(`people.kitlocks`)}</p>`:O}
</div>
${this.floating(t)}`}get people(){let{locks:e}=this.app.store;return this.known.locks!==e&&(this.known={locks:e,people:xt(e)}),this.known.people}lead(e){let t=e=>{this.wanted=e.target.value,this.growing.reset()},n=Et(e);return k`<div class="lead">
<label class="find">${I(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`people.find`)}
aria-label=${this.t(`people.find`)}
@input=${t}
/></label>
${e.some(e=>X(this.app,e))?k`<span class="sec not-phone">${this.n(`people.lead`,n)}</span>`:O}
</div>`}unread(e){let t=e.filter(e=>!e.clients).map(e=>e.device_id);if(!t.length)return O;let n=this.t(`people.not_read`,{doors:J(this.app,t)});return D({icon:`help`,text:n})}nobody(){let e=k`<button class="btn fill" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${I(`invite`)}${this.t(`people.invite`)}
</button>`;return k`<ha-card class="card">${E(`phone`,this.t(`people.empty_title`),this.t(`people.empty_text`),e)}</ha-card>`}found(e,t){let{people:n,doors:r}=St(e,t,this.wanted);if(!n.length){let e=k`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`,t=this.t(`find.nothing`,{text:this.wanted});return k`<ha-card class="card">${E(`find`,t,``,e)}</ha-card>`}let i=this.wide.matches&&r.length<=Qn,a=this.growing.first(n);return k`<ha-card class="card">${i?k`<codelocks-matrix
.app=${this.app}
.people=${a}
.doors=${r}></codelocks-matrix>`:this.list(a,t)}</ha-card>
${this.growing.end(n.length)}`}list(e,t){return k`<div>
${$(e,e=>e.email,e=>{let n=t=>{let n=new Set(this.open);t.target.open?n.add(e.email):n.delete(e.email),this.open=n},r=this.open.has(e.email);return k`<details class="person" .open=${r} @toggle=${n}>
<summary class="row">
${I(`phone`)}<span class="body">${this.summary(e)}</span>${I(`down`,`turn`)}
</summary>
${r?this.opened(e,t):O}
</details>`})}
</div>`}summary(e){let{words:n,times:r}=this.app,i=[...e.at.values()],a=i.filter(e=>e.state===`on`),o=i.some(e=>e.state===`invited`),s=a.length&&a.length<i.length?`people.doors_of`:`people.doors`,c=this.n(s,i.length,{k:a.length}),l=Ot(e),u=l?``:wt(a.length?a:i,n,r);return k`<span class="two b">${R(e.email)}</span>
<span class="sec">${u?this.t(`people.doors_hours`,{doors:c,hours:u}):c}</span>
${l||o?k`<span class="tags">${l?t(`warn`,`pause`,this.t(`people.everywhere`)):t(`info`,`invited`,this.t(`people.invited`))}</span>`:O}`}opened(e,t){let n=qt(this.app,e),r=t.filter(t=>e.at.has(t.device_id));return k`<div class="list">${r.map(t=>this.doorRow(e,t))}</div>
${n.length?k`<div class="btns">
${n.map(e=>{let t=e.icon===`invite`?`plain`:e.bad?`plain danger`:`tonal`;return k`<button class="btn ${t}" @click=${e.run}>
${e.icon===`invite`?O:I(e.icon,`s`)}${e.label}
</button>`})}
</div>`:O}`}doorRow(e,t){let{words:n,times:r}=this.app,i=e.at.get(t.device_id),a=`${e.email} ${t.device_id}`,o=this.busy.get(a),s=o??i.state===`on`,c=k`${I(nt(t))}<span class="body"><bdi>${t.name}</bdi><span class="sec">${kt(i,n,r)}</span></span>`;return i.state!==`on`&&i.state!==`suspended`||!X(this.app,t)?k`<div class="row">${c}</div>`:k`<label class="row">${c}<input
class="switch"
type="checkbox"
role="switch"
aria-label=${t.name}
.checked=${ut(s)}
?disabled=${o!==void 0}
@change=${n=>{this.turn(a,e.email,t,n.target.checked)}}
/></label>`}async turn(e,t,n,r){this.busy=new Map(this.busy).set(e,r);let i=()=>{let t=new Map(this.busy);t.delete(e),this.busy=t},{done:a}=await(r?Ht:Vt)(this.app,[n.device_id],t);a.length?setTimeout(i,er):i()}floating(e){return!this.people.length||!e.some(e=>this.app.store.mayIssue(e))?O:k`<button class="btn fill big fab" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${I(`invite`)}${this.t(`people.invite`)}
</button>`}get mayInvite(){return this.app.store.locks.some(e=>e.kind===`k3`&&X(this.app,e))}};N(`codelocks-people`,tr);var nr=300,rr=class extends Re{constructor(...e){super(...e),this.app=new ce,this.scrolled=new Map,this.shown=``,this.onMenu=()=>{this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))},this.onMake=()=>L(this.app),this.onBack=e=>{ir(e)&&(e.preventDefault(),this.scrolled.size>0?history.back():j($e(rt[0]?.slug??``)))},this.onLink=e=>{ir(e)&&(e.preventDefault(),j(e.currentTarget.pathname))},this.onKey=e=>{let[t]=e.composedPath();if(!(t instanceof HTMLElement&&t.matches(`input, textarea, select`)||e.ctrlKey||e.metaKey||e.altKey||this.app.dialogs.size)){if(e.key===`n`&&this.app.ready&&this.app.store.state===`ready`)e.preventDefault(),e.stopPropagation(),this.onMake();else if(e.key===`/`){let t=this.renderRoot.querySelector(`main > :last-child`)?.shadowRoot?.querySelector(`.find input`);if(!t)return;e.preventDefault(),t.focus()}}}}static{this.styles=[U,P,C,i,u,h,p,Zt]}static{this.properties={narrow:{type:Boolean,reflect:!0},route:{attribute:!1},waited:{state:!0}}}set hass(e){this.app.setHass(e)}connectedCallback(){super.connectedCallback(),this.app.add(this),this.app.start(),setTimeout(()=>this.waited=!0,nr),window.addEventListener(`keydown`,this.onKey)}disconnectedCallback(){super.disconnectedCallback(),this.app.stop(),this.app.remove(this),window.removeEventListener(`keydown`,this.onKey)}firstUpdated(){this.app.dialogHost=this.renderRoot}willUpdate(){if(this.path===this.shown)return;let e=document.scrollingElement;e&&this.shown&&this.scrolled.set(this.shown,e.scrollTop)}updated(){let e=this.path;if(!this.app.ready||e===this.shown)return;let t=!this.shown;this.shown=e;let{view:n}=we(e);document.title=this.app.words.t(`tabs.${n.slug}`),document.scrollingElement?.scrollTo(0,this.scrolled.get(e)??0),t||this.renderRoot.querySelector(`h1`)?.focus({preventScroll:!0})}render(){if(!this.app.ready)return k`${this.waited?this.bones():O}`;let{view:e,id:t}=we(this.path),n=e.icon!==null;return k`<div class=${n?`has-tabs`:``}>
${this.header(e,t)}
<main class="view">
${this.connection()} ${this.content(e.render(this.app,t))}
</main>
${ye(this.app)}
</div>`}get path(){return(this.route?.path??location.pathname.slice(10))||`/`}header({slug:e,icon:t,makes:n},r){let{words:i,store:a}=this.app,o=t!==null,s=o?i.t(`page.title`):a.lock(r)?.name??i.t(`tabs.${e}`),c=a.connected&&a.locks.some(e=>a.mayIssue(e)),l=e===`people`,u=l?()=>Z(this.app):this.onMake,d=(n||l)&&a.accounts.some(e=>e.may_issue);return k`<header class="head">
${o?k`<button
class="ib"
?hidden=${!this.narrow&&this.app.hass.dockedSidebar!==`always_hidden`}
aria-label=${i.t(`page.menu`)}
@click=${this.onMenu}>
${I(`menu`)}
</button>`:k`<a
class="ib"
href=${$e(rt[0]?.slug??``)}
aria-label=${i.t(`page.back`)}
@click=${this.onBack}>${I(`back`,`flip`)}</a>`}
<h1 tabindex="-1"><bdi>${s}</bdi></h1>
${o?this.tabs(e):O}
<span class="grow"></span>
${d?k`<span class="not-phone"><button class="btn fill" ?disabled=${!c} @click=${u}>
${I(l?`invite`:`keyPlus`)}${i.t(l?`people.invite`:`make.make_one`)}
</button></span>`:O}
${this.more(e===`door`?r:``)}
</header>`}tabs(e){let{words:t}=this.app;return k`<nav class="tabs" aria-label=${t.t(`page.title`)}>
${rt.map(n=>n.icon?k`<a
href=${$e(n.slug)}
aria-current=${n.slug===e?`page`:O}
@click=${this.onLink}>${I(n.icon)}${t.t(`tabs.${n.slug}`)}</a>`:O)}
</nav>`}more(e){let{words:t,hass:n}=this.app;if(!n.user?.is_admin)return O;let r=e?`/config/devices/device/${e}`:F(),i=t.t(e?`more.device`:`more.settings`);return W(t.t(`more.label`),[{icon:`open`,label:i,run:()=>j(r)}])}connection(){let{words:e,store:t,times:n,hass:r}=this.app;if(t.connected)return O;let i=n.time(t.heardAt||this.app.now(),r.config.time_zone);return D({icon:`offline`,title:e.t(`offline.title`),text:e.t(`offline.text`,{time:i})})}content(e){let{words:t,store:n}=this.app;if(n.state===`ready`)return e;if(n.state===`loading`)return this.waited?this.bones():k``;let r=t.t(n.state===`refused`?`refused.title`:`failed.title`),i=t.t(n.state===`refused`?`refused.text`:`failed.text`);return D({tone:n.state===`failed`?`bad`:``,icon:`personOff`,title:r,text:i})}bones(){let e=k`<div class="card door-bone" aria-hidden="true">
<span class="bone r"></span><span class="bone"></span><span class="bone low"></span>
</div>`;return k`<div class="grid" aria-busy="true">${e}${e}${e}</div>`}};function ir(e){return!(e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)&&e.button===0}N(`codelocks-panel`,rr);