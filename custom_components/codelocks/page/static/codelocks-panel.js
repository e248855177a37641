import{$ as e,$t as t,At as n,B as r,Bt as i,C as a,Ct as o,Dt as s,E as c,F as l,Ft as u,G as d,Gt as f,H as ee,Ht as p,I as m,It as h,J as g,Jt as te,K as ne,Kt as re,L as ie,Lt as ae,M as oe,Mt as _,N as se,Nt as ce,Ot as le,Pt as v,Q as ue,Qt as y,R as de,Rt as b,S as x,St as fe,T as pe,Tt as S,U as me,Ut as he,V as ge,Vt as _e,W as C,Wt as ve,X as w,Xt as T,Y as ye,Yt as E,Z as be,Zt as D,_ as xe,_t as Se,a as Ce,an as we,at as O,b as Te,bt as Ee,c as De,cn as k,ct as Oe,d as ke,dt as Ae,en as A,f as je,ft as Me,g as Ne,gt as j,h as Pe,ht as Fe,i as Ie,in as M,it as Le,jt as N,kt as Re,l as ze,lt as P,m as Be,mt as Ve,n as He,nn as F,nt as Ue,o as I,on as We,ot as Ge,p as Ke,pt as qe,q as Je,qt as Ye,r as Xe,rn as Ze,rt as L,s as R,sn as z,st as Qe,t as $e,tn as B,tt as et,u as V,ut as tt,v as nt,vt as rt,w as it,wt as at,x as ot,xt as st,y as ct,yt as lt,z as ut,zt as H}from"./codelocks-shared.js";var U=8,dt=144,ft=600;function pt(e){let t=e.currentTarget.closest(`details`);t&&(t.open=!1)}function mt(e){let t=e.currentTarget;t.contains(e.relatedTarget)||(t.open=!1)}function ht(e){let t=e.currentTarget;if(!t.open)return;let n=[...t.querySelectorAll(`.pop button`)],r=n.findIndex(e=>e.matches(`:focus`)),i={ArrowDown:1,ArrowUp:-1}[e.key];if(i)n.at((r+i)%n.length)?.focus();else if(e.key===`Escape`)t.open=!1,t.querySelector(`summary`)?.focus();else return;e.preventDefault(),e.stopPropagation()}function gt(e,t){t.style.inset=`0 auto auto 0`;let n=t.getBoundingClientRect(),r=e.getBoundingClientRect(),i=getComputedStyle(e).direction===`rtl`?r.left:r.right-n.width,a=innerWidth-n.width-U,o=innerWidth<ft?dt:U,s=r.bottom+n.height+o<innerHeight||r.top<innerHeight/3,c=Math.max(U,Math.min(i,a))-n.left,l=(s?r.bottom:Math.max(U,r.top-n.height))-n.top;t.style.inset=`${l}px auto auto ${c}px`,addEventListener(`scroll`,()=>{e.open=!1},{capture:!0,once:!0})}var _t={class:`ib sec`,content:F(`more`)};function vt(e){return(typeof e==`function`?e():e).map(e=>z`<button
role="menuitem"
class=${e.bad?`bad`:``}
@click=${t=>{pt(t),e.run()}}>
${F(e.icon,`s`)}${e.label}
</button>`)}function W(e,t,n=_t){return z`<details
class="menu-at"
@focusout=${mt}
@keydown=${ht}
@toggle=${e=>{let n=e.currentTarget,r=n.querySelector(`.pop`);r&&(we(n.open?vt(t):M,r),n.open&&gt(n,r))}}>
<summary
class=${n.class}
aria-label=${e||M}
aria-haspopup="menu"
tabindex=${n.inTable?`-1`:M}>
${n.content}
</summary>
<div class="pop" role="menu"></div>
</details>`}var yt=new Intl.Collator(`en`,{numeric:!0});function bt(e){let t=new Map;for(let n of e)for(let e of n.clients??[]){let r=t.get(e.email)??new Map;t.set(e.email,r.set(n.device_id,e))}return[...t].map(([e,t])=>({email:e,at:t})).sort((e,t)=>yt.compare(e.email,t.email))}function xt(e,t,n){let r=n.trim().toLowerCase();if(!r)return{people:e,doors:t};let i=t.filter(e=>e.name.toLowerCase().includes(r)),a=e.filter(e=>e.email.includes(r));if(a.length||!i.length)return{people:a,doors:t};let o=i.map(e=>e.device_id);return{people:e.filter(e=>o.some(t=>e.at.has(t))),doors:i}}function St(e,t,n){if(tt(e.active_periods))return t.t(`door.always`);let[r,i]=o(e.active_periods);return!r||i?t.t(`people.own_hours`):t.t(`people.short_hours`,{days:Oe(r.days,t,n),start:n.hour(r.from),end:n.hour(r.to)})}function Ct(e,t,n){let[r]=e;if(!r)return``;let i=t.t(`people.own_hours`);return e.every(e=>S(e.active_periods)===S(r.active_periods))&&(tt(r.active_periods)||o(r.active_periods).length===1)?P(r.active_periods,t,n):i}var wt=50;function G(e,t=!1){return e.reduce((e,{clients:n})=>{let r=n?Math.max(1,Math.ceil(n.length/wt)):0;return e+1+r*(t?2:1)},0)}var Tt=e=>Math.max(1,...e.map(e=>e.kind===`kitlock`?0:G([e],!0)));function Et(e){let t=new Map;for(let n of e)for(let e of n.at.values()){if(tt(e.active_periods)||!o(e.active_periods).length)continue;let n=S(e.active_periods),r=t.get(n);r?r.count+=1:t.set(n,{client:e,count:1})}return[...t.values()].sort((e,t)=>t.count-e.count).map(({client:e})=>e)}var Dt=e=>[...e.at.values()].every(e=>e.state===`suspended`);function Ot(e,t,n){if(e.state!==`on`)return t.t(`people.${e.state}`);let r=P(e.active_periods,t,n);return r?t.t(`people.on_hours`,{hours:r}):t.t(`people.on`)}var kt=k`:host{border-radius:var(--ha-card-border-radius,12px)}.scroll{position:relative;overflow-x:auto;scroll-padding-inline:240px 64px;border-radius:inherit}.matrix{width:100%;border-collapse:collapse;table-layout:fixed}.matrix th{font-weight:500;line-height:20px;padding:12px 4px;overflow-wrap:anywhere}.matrix th .sec{font-weight:400}.matrix th:first-child{width:26%;min-width:200px;padding-inline:16px 8px;text-align:start;position:sticky;inset-inline-start:0;z-index:1;background:var(--cl-card)}.matrix .many{width:124px}.matrix th:first-child:has(~ .many){width:240px}.matrix th:last-child{width:64px}.matrix :is(th,td):last-child{position:sticky;inset-inline-end:0;background:var(--cl-card)}.matrix td:has([open]){z-index:2}.matrix tbody :is(th,td){height:72px;border-block-start:1px solid var(--divider-color)}.matrix td{padding:4px;text-align:center}.matrix .menu-at{display:block}.matrix td:last-child .ib{margin-inline:auto}.cell{display:inline-grid;justify-items:center;align-content:center;width:100%;min-height:64px;padding:2px;border:0;border-radius:8px;background:none;font:500 12px/16px var(--cl-font);color:var(--cl-on-ok);overflow-wrap:anywhere}:is(button,summary).cell{cursor:pointer}:is(button,summary).cell:hover{background:color-mix(in srgb,currentColor 8%,transparent)}.cell small{font-size:12px;font-weight:400;color:var(--secondary-text-color)}.cell.suspended{color:var(--cl-on-warn)}.cell.invited{color:var(--cl-on-tonal)}.cell:is(.unknown,.no){color:var(--secondary-text-color)}.cell:focus-visible{outline-offset:-2px}`,At=k`.person + .person{border-block-start:1px solid var(--divider-color)}.person > summary.row{grid-template-columns:24px minmax(0,1fr) 48px}.person > summary .turn{justify-self:center;color:var(--secondary-text-color)}.person summary:focus-visible{outline-offset:-2px}.person > .list{border-block-start:1px solid var(--divider-color)}.person .list > .row{content-visibility:auto;contain-intrinsic-size:auto 56px;min-height:56px;padding-block:4px}.person > .btns{padding:8px;border-block-start:1px solid var(--divider-color)}.person > .btns > .plain{order:1}.switch{appearance:none;position:relative;width:52px;height:32px;margin:8px;flex:none;border-radius:16px;border:2px solid var(--secondary-text-color);cursor:pointer}.switch::after{content:"";position:absolute;inset-block-start:6px;inset-inline-start:6px;width:16px;height:16px;border-radius:50%;background:var(--secondary-text-color)}.switch:checked{background:var(--cl-primary-fill);border-color:var(--cl-primary-fill)}.switch:checked::after{inset-inline-start:24px;width:20px;height:20px;inset-block-start:4px;background:#fff}.switch:disabled{opacity:0.6;cursor:default}@media (forced-colors:active){.switch:checked::after{background:Highlight}}`,jt=k`:host{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}.week{display:grid;grid-template-columns:44px minmax(0,1fr);row-gap:6px;align-items:center}.bar{position:relative;height:32px;border-radius:4px;background:repeating-linear-gradient(to right,var(--divider-color) 0 1px,transparent 1px 25%),var(--input-fill-color,color-mix(in srgb,var(--primary-text-color) 5%,transparent));direction:ltr}.bar > span{position:absolute;top:4px;bottom:4px;border-radius:4px;background:var(--cl-primary-fill);color:#fff;font-size:12px;line-height:24px;padding-inline:8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.axis{display:flex;justify-content:space-between;font-size:12px;color:var(--secondary-text-color);direction:ltr}.period{display:grid;grid-template-columns:minmax(0,1fr) auto auto 48px;gap:8px 16px;align-items:center;padding-block:12px}.period + .period{border-block-start:1px solid var(--divider-color)}.field select{width:112px;padding-inline:12px}.period > p{grid-column:1 / -1}.days{display:flex;gap:4px;flex-wrap:wrap}.day{position:relative;min-width:40px;height:40px;display:grid;place-items:center;border-radius:20px;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);font-size:12px;font-weight:500;padding-inline:4px;cursor:pointer}.day input{position:absolute;inset:0;margin:0;width:100%;height:100%;opacity:0;cursor:pointer}.day:has(:checked){background:var(--cl-primary-fill);border-color:var(--cl-primary-fill);color:#fff}.day:has(:focus-visible){outline:2px solid var(--cl-primary-text);outline-offset:2px}.btns{align-items:center}[role="alert"]{color:var(--cl-on-bad)}@media (max-width:599px){.period{grid-template-columns:1fr 1fr 48px}.days{grid-column:1 / -1}.field select{width:100%}.day{flex:1;min-width:36px;height:48px;border-radius:12px}.bar > span{font-size:11px;padding-inline:4px}}@media (forced-colors:active){.bar > span,.day:has(:checked){border:2px solid CanvasText}}`,Mt=15,Nt=300,Pt={days:j.slice(0,5),from:540,to:1020},Ft=class extends t{static{this.styles=[b,w,u,v,jt]}static{this.properties={...t.properties,hours:{attribute:!1},off:{attribute:!1},trouble:{state:!0}}}constructor(){super(),this.change=()=>void 0,this.off=!1,this.trouble=``}render(){let{schedule:e,rows:t}=this.hours;return z`${this.picture()}
<div>
${e===null?t.map((e,t)=>this.row(e,t)):this.helper(e)}
<div class="btns">${e===null?this.add():M}${this.helpers()}</div>
${this.trouble?z`<p role="alert">${this.trouble}</p>`:M}
</div>`}get days(){let e=this.app.times.firstDay();return j.map((t,n)=>(e+n)%7)}picture(){let{times:e,words:t}=this.app,n=rt(this.hours.rows),r=P(fe(this.hours.rows.filter(st)),t,e);return z`<div class="week" role="img" aria-label=${r||this.t(`hours.never`)}>
${this.days.map(t=>z`<span class="sec">${e.weekdayName(t)}</span>
<div class="bar">
${(n[t]??[]).map(([t,n])=>{let r=e=>e/Fe*100,i=`left:${r(t)}%;width:${r(n-t)}%`,a=n-t<Nt?`hour`:`dayMinute`,[o,s]=[e[a](t),e[a](n)];return z`<span style=${i}>${this.t(`time.window`,{start:o,end:s})}</span>`})}
</div>`)}
<span></span>
<div class="axis">
${[0,6,12,18,24].map(t=>z`<span>${e.dayMinute(t*60)}</span>`)}
</div>
</div>`}row(e,t){let{times:n,words:r}=this.app,i=Oe(e.days,r,n);return z`<div class="period">
<div class="days" role="group" aria-label=${this.t(`hours.days`)}>
${this.days.map(n=>this.day(e,t,n))}
</div>
${this.time(e,t,`from`)}${this.time(e,t,`to`)}
<button
class="ib sec"
aria-label=${`${this.t(`hours.remove`)}: ${i}`}
?disabled=${this.off}
@click=${()=>this.set(this.hours.rows.filter((e,n)=>n!==t))}>
${F(`delete`)}
</button>
${this.hint(e)}
</div>`}hint(e){let t=e.days.length?e.from===e.to?`hours.no_time`:Ee(e)?`hours.next_day`:``:`hours.no_days`;return t?z`<p class="small sec" role="status">${this.t(t)}</p>`:M}day(e,t,n){let r=j[n];return z`<label class="day"><input
type="checkbox"
.checked=${e.days.includes(r)}
?disabled=${this.off}
@change=${n=>{let{checked:i}=n.target,a=j.filter(t=>t===r?i:e.days.includes(t));this.put(t,{...e,days:a})}}
/>${this.app.times.weekdayName(n)}</label>`}time(e,t,n){let r=r=>{this.put(t,{...e,[n]:Number(r.target.value)})},i=n===`from`?0:Mt,a=Array.from({length:Fe/Mt},(e,t)=>i+t*Mt),o=a.includes(e[n])?a:[...a,e[n]].sort((e,t)=>e-t);return z`<label class="field"><span>${this.t(`make.${n}`)}</span><select ?disabled=${this.off} @change=${r}>
${o.map(t=>z`<option value=${t} .selected=${t===e[n]}>
${this.app.times.dayMinute(t)}
</option>`)}
</select></label>`}add(){let e=fe(this.hours.rows).length>=10;return z`<button
class="btn plain"
?disabled=${this.off||e}
@click=${()=>this.set([...this.hours.rows,Pt])}>
${F(`plus`,`s`)}${this.t(`hours.add`)}
</button>`}helpers(){let{states:t,language:n}=this.app.hass,r=Object.values(t).filter(e=>e.entity_id.startsWith(`schedule.`)).sort((t,r)=>e(t).localeCompare(e(r),n));return!r.length||this.off?M:W(``,r.map(t=>({icon:`schedule`,label:e(t),run:()=>void this.take(t.entity_id,e(t))})),{class:`btn plain`,content:z`${F(`schedule`,`s`)}${this.t(`hours.helper`)}`})}helper(t){let n=this.app.hass.states[t],r=n?e(n):t;return z`<p>${this.t(`hours.as_helper`,{name:r})}</p>`}async take(e,t){try{let n=at(await f(this.app.hass,e));this.trouble=n.length?``:this.t(`hours.helper_empty`,{name:t});let r=n.length>10;n.length&&this.change({rows:n,schedule:r?e:null})}catch(e){this.trouble=this.app.words.reason(e)||this.t(`hours.helper_empty`,{name:t})}}put(e,t){this.set(this.hours.rows.map((n,r)=>r===e?t:n))}set(e){this.trouble=``,this.change({rows:e,schedule:null})}};B(`codelocks-week`,Ft);var It=class extends N{static{this.styles=[N.styles]}static{this.properties={...N.properties,hours:{state:!0},busy:{state:!0},trouble:{state:!0}}}constructor(){super(),this.email=``,this.ids=[],this.changed=!1,this.differ=!1,this.hours={rows:[],schedule:null},this.busy=!1,this.trouble=``,this.widest=!0}begin(){let e=q(this.app,this.ids).flatMap(e=>{let t=e.clients?.find(e=>e.email===this.email);return t?[t.active_periods]:[]});this.differ=new Set(e.map(S)).size>1,this.hours={rows:o(e[0]??[]),schedule:null}}render(){return this.frame(this.t(`hours.title`,{email:this.email}),this.main(),this.foot())}main(){return z`<p class="sec">
${this.t(`hours.lead`,{doors:J(this.app,this.ids)})}
</p>
${this.differ?T({tone:`info`,icon:`hours`,text:this.t(`hours.differ`)}):M}
<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${e=>{this.changed=!0,this.trouble=``,this.hours=e}}></codelocks-week>`}foot(){let e=lt(this.hours),t=this.t(`people.takes`,{n:G(q(this.app,this.ids),!0),left:zt(this.app,this.ids)}),n=e===null?``:this.n(`hours.count`,10,{k:e}),r=Se(this.hours)!==null&&this.app.store.connected&&!this.busy;return z`${this.trouble?T({tone:`bad`,icon:`alert`,text:this.trouble}):M}
<div class="btns">
<span class="sec small said" role="status">${n} ${t}</span>
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button class="btn fill" ?disabled=${!r} @click=${()=>void this.save()}>
${this.n(`hours.save`,this.ids.length)}
</button>
</div>`}get dirty(){return this.changed||this.busy}get leaving(){return this.t(`hours.leave`)}async save(){let e=Se(this.hours);if(!e||this.busy)return;this.busy=!0;let{app:t,email:n,ids:r}=this,i=await K(t,`update_client`,r,n,e);this.busy=!1,!this.isConnected||!i.failed.length?(this.isConnected&&t.dialogs.close(this),Y(t,i,t.words.n(`hours.saved`,i.done.length,{email:n}))):(this.trouble=[Rt(t,i),...i.notes].join(` `),this.ids=i.failed.map(e=>e.id))}};B(`codelocks-hours`,It);function Lt(e,t,n){_(`codelocks-hours`,e,{email:t,ids:n},e=>e.begin())}async function K(e,t,n,r,i={}){try{let{results:a}=await re(e.hass,t,n,r,i);return{done:a.filter(e=>e.ok).map(e=>e.device_id),failed:a.filter(e=>!e.ok).map(e=>({id:e.device_id,error:e.result})),notes:a.flatMap(e=>e.note??[])}}catch(t){let r=p(t)?e.words.t(`people.lost`):e.words.reason(t);return{done:[],failed:n.map(e=>({id:e,error:r})),notes:[]}}}var q=(e,t)=>t.flatMap(t=>e.store.lock(t)??[]),J=(e,t)=>e.words.list(q(e,t).map(e=>e.name));function Rt(e,{done:t,failed:n}){return[...new Set(n.map(e=>e.error))].map((r,i)=>{let a=J(e,n.filter(e=>e.error===r).map(e=>e.id));return t.length&&i===0?e.words.t(`people.partly`,{doors:J(e,t),door:a,error:r}):e.words.t(`people.not_changed`,{door:a,error:r})}).join(` `)}function zt(e,t){let n=new Set(q(e,t).map(e=>e.entry_id));return e.store.accounts.filter(e=>n.has(e.entry_id)).reduce((e,t)=>e+t.utility.left,0)}function Y(e,t,n,r){let i=Rt(e,t),a=[i||n,...t.notes].join(` `),o=r&&t.done.length?{label:e.words.t(`people.restore`),run:r}:null;a&&e.tell({text:a,...i?{tone:`bad`}:{},...o?{action:o}:{}})}async function Bt(e,t,n){let r=await K(e,`suspend_client`,t,n),{done:i}=r;return Y(e,r,e.words.n(`people.suspended_at`,i.length,{email:n}),()=>void Vt(e,i,n)),r}async function Vt(e,t,n){let r=await K(e,`restore_client`,t,n);return Y(e,r,e.words.n(`people.restored_at`,r.done.length,{email:n})),r}function Ht(e,t,n){let{words:r}=e,i=async()=>{let i=await K(e,`delete_client`,t,n);Y(e,i,r.n(`people.deleted_at`,i.done.length,{email:n}))};_(`codelocks-ask`,e,{asked:{title:r.n(`people.delete_title`,t.length,{email:n}),text:r.t(`people.delete_text`,{doors:J(e,t),n:G(q(e,t))}),confirm:r.t(`people.delete_button`),run:()=>void i()}})}var Ut=e=>e.state!==`suspended`,Wt=e=>e.state===`suspended`||e.state===`unknown`,X=(e,t)=>e.store.connected&&e.store.mayIssue(t);function Gt(e,t,n){let{words:r}=e;if(!X(e,t))return[];let{email:i}=n,a=[t.device_id];return[{icon:`hours`,label:r.t(`people.hours`),run:()=>Lt(e,i,a)},...Ut(n)?[{icon:`pause`,label:r.t(`people.suspend`),run:()=>void Bt(e,a,i)}]:[],...Wt(n)?[{icon:`phone`,label:r.t(`people.restore`),run:()=>void Vt(e,a,i)}]:[],{icon:`delete`,label:r.t(`people.delete`),run:()=>Ht(e,a,i),bad:!0}]}function Kt(e,t){let{words:n}=e,{email:r}=t,i=[...t.at].filter(([t])=>{let n=e.store.lock(t);return n&&X(e,n)});if(!i.length)return[];let a=i.map(([e])=>e),o=i.filter(([,e])=>Ut(e)).map(([e])=>e),s=i.filter(([,e])=>Wt(e)).map(([e])=>e);return[{icon:`hours`,label:n.t(`people.hours`),run:()=>Lt(e,r,a)},{icon:`invite`,label:n.t(`people.invite_other`),run:()=>Z(e,r)},o.length?{icon:`pause`,label:n.t(`people.suspend_all`),run:()=>void Bt(e,o,r)}:{icon:`phone`,label:n.t(`people.restore_all`),run:()=>void Vt(e,s,r)},{icon:`delete`,label:n.t(`people.delete`),run:()=>Ht(e,a,r),bad:!0}]}var qt=/^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$/,Jt=3,Yt=class extends N{static{this.styles=[N.styles,ye,w,be]}static{this.properties={...N.properties,email:{state:!0},chosen:{state:!0},hours:{state:!0},editing:{state:!0},once:{state:!0},busy:{state:!0},trouble:{state:!0},wanted:{state:!0}}}constructor(){super(),this.doors=[],this.presets=[],this.given=``,this.email=``,this.chosen=new Set,this.hours={rows:Ve,schedule:null},this.editing=!1,this.once=!1,this.busy=!1,this.trouble=``,this.wanted=``}begin(e,t){let n=e.store.locks.filter(t=>t.kind===`k3`&&e.store.mayIssue(t)),r=n.map(e=>e.device_id);this.given=this.email;let i=t.length||r.length>1?t:r;this.chosen=new Set(i.filter(e=>r.includes(e))),this.doors=[...this.chosen,...r.filter(e=>!this.chosen.has(e))];let a=bt(n),s=(t,n)=>o(t).length===1?P(t,e.words,e.times):e.words.t(`invite.as`,{email:n});this.presets=[{label:e.words.t(`invite.always`),hours:this.hours},...Et(a).slice(0,Jt).map(e=>({label:s(e.active_periods,e.email),hours:{rows:o(e.active_periods),schedule:null}}))]}render(){return this.frame(this.t(`people.invite`),this.main(),this.foot())}main(){return z`<label class="field"><span>${this.t(`invite.email`)}</span><input
type="email"
autocomplete="off"
maxlength="254"
.value=${this.email}
?disabled=${this.busy}
@input=${e=>{this.email=e.target.value,this.trouble=``}}
/></label>
${de(this.app,{doors:this.doors,chosen:this.chosen,most:this.doors.length,wanted:this.wanted,off:this.busy,hint:M,choose:e=>{this.chosen=e,this.trouble=``},find:e=>{this.wanted=e}})}
${this.when()} ${this.opens()}`}when(){let e=(e,t)=>{this.hours=e,this.editing=t};return z`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`people.hours`)}</legend>
<div class="chips">
${this.presets.map(({label:t,hours:n})=>ie(`radio`,`hours`,t,!this.editing&&this.hours===n,()=>e(n,!1)))}
${ie(`radio`,`hours`,this.t(`invite.other`),this.editing,()=>e(this.hours,!0))}
</div>
</fieldset>
${this.editing?z`<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${t=>e(t,!0)}></codelocks-week>`:M}`}opens(){let e=(e,t)=>ie(`radio`,`often`,this.t(e),this.once===t,()=>{this.once=t});return z`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`make.opens_how`)}</legend>
<div class="chips">${e(`make.often`,!1)}${e(`make.once`,!0)}</div>
</fieldset>`}get address(){return this.email.trim().toLowerCase()}get ids(){return this.doors.filter(e=>this.chosen.has(e)&&!this.isAt(e))}isAt(e){return(this.app.store.lock(e)?.clients??[]).some(e=>e.email===this.address)}foot(){let{ids:e}=this;return z`${this.trouble?T({tone:`bad`,icon:`alert`,text:this.trouble}):M}
<div class="preview" role="status">
${F(`message`)}
<div>${this.preview(e)}</div>
</div>
<div class="btns">
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button
class="btn fill"
?disabled=${!this.mayInvite(e)}
@click=${()=>void this.invite(e)}>
${this.n(`invite.button`,Math.max(1,e.length))}
</button>
</div>`}mayInvite(e){let{connected:t}=this.app.store;return qt.test(this.address)&&e.length>0&&Se(this.hours)!==null&&t&&!this.busy}preview(e){let{app:t}=this,n=this.doors.filter(e=>this.chosen.has(e)&&this.isAt(e)),r=lt(this.hours),i=[...n.length?[this.t(`invite.already`,{email:this.address,doors:J(t,n)})]:[],...this.editing&&r!==null?[this.n(`hours.count`,10,{k:r})]:[],...e.length?[this.t(`invite.opens`),this.t(`people.takes`,{n:G(q(t,e)),left:zt(t,e)})]:[]].join(` `);if(!qt.test(this.address))return z`<span class="sec">${this.t(`invite.no_email`)}</span>`;let a=e.length?this.t(`invite.goes`,{email:this.address}):n.length?``:this.t(`make.choose_door`);return z`${a?z`<span class="b">${A(a)}</span><br />`:M}<span
class="sec">${i}</span>`}get dirty(){return this.busy||this.email!==this.given}get leaving(){return this.t(`invite.leave`)}firstFocus(){let e=this.email&&!this.chosen.size;return this.renderRoot.querySelector(e?`.chip input`:`.field input`)}async invite(e){let t=Se(this.hours);if(!t||!this.mayInvite(e))return;this.busy=!0;let{app:n,address:r}=this,i=this.hours.rows===Ve,a=await K(n,`add_client`,e,r,{access_type:this.once?`one_time`:`standard`,...i?{}:t});this.busy=!1,!this.isConnected||!a.failed.length?(this.isConnected&&n.dialogs.close(this),Y(n,a,n.words.n(`invite.done`,a.done.length,{email:r}))):(this.trouble=[Rt(n,a),...a.notes].join(` `),this.chosen=new Set(a.failed.map(e=>e.id)))}};B(`codelocks-invite`,Yt);function Z(e,t=``,n=[]){e.store.locks.some(t=>t.kind===`k3`&&e.store.mayIssue(t))&&e.store.connected&&_(`codelocks-invite`,e,{email:t},t=>t.begin(e,n))}var Xt=k`:host{min-height:100vh;background:var(--primary-background-color)}.head{position:sticky;top:0;z-index:5;height:var(--header-height,56px);display:flex;align-items:center;gap:8px;padding-inline:16px 12px;background:var(--app-header-background-color);color:var(--app-header-text-color,var(--primary-text-color));border-block-end:var(--app-header-border-bottom,1px solid var(--divider-color))}.head h1{font-size:20px;font-weight:400;line-height:28px;margin:0 8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}h1:focus-visible{outline-offset:-2px}.ib[hidden]{display:none}.grow{flex:1}.tabs{display:flex;align-self:stretch;margin-inline-start:16px}.tabs a{display:flex;align-items:center;justify-content:center;gap:8px;padding-inline:16px;color:var(--secondary-text-color);font-weight:500;text-decoration:none;border-block:2px solid transparent}.tabs a .i{display:none}.tabs a[aria-current]{color:var(--cl-primary-text);border-block-end-color:var(--cl-primary-text)}.tabs a:focus-visible{outline-offset:-2px}.door-bone{display:grid;gap:12px;padding:16px;min-height:200px;align-content:start}.bone.low{width:60%}@media (max-width:999px){.head{padding-inline:4px}}@media (max-width:599px){.tabs{position:fixed;z-index:6;inset-inline:0;bottom:0;height:64px;margin:0;background:var(--app-header-background-color);border-block-start:1px solid var(--divider-color)}.tabs a{flex:1 1 0;min-width:0;flex-direction:column;gap:2px;padding:0;font-size:12px;border:0}.tabs a .i{display:block}.has-tabs .view{padding-block-end:152px}.has-tabs .toast{bottom:80px}}`,Zt=class extends N{constructor(...e){super(...e),this.ids=[]}static{this.styles=[N.styles,h]}render(){return this.frame(this.t(`send.button`),ke(this.app,()=>[{ids:this.ids}],this),z`<div class="btns">
<button class="btn tonal" @click=${this.close}>${this.t(`dialog.done`)}</button>
</div>`)}};B(`codelocks-send`,Zt);function Qt(e,t){_(`codelocks-send`,e,{ids:t})}function $t(e,t,n){let r=new Map(t.map(e=>[e.id,e])),i={needs:[],here:[],next:[]};for(let t of e)for(let e of t.next){let[a,o]=[s(e.start),s(e.end)],c={order:t,visit:e,start:a,end:o,codes:e.codes.flatMap(e=>r.get(e)??[])};if(e.state===`cancelled`)en(c)>n&&i.needs.push(c);else if(o<=n)continue;else e.problem!==null||e.state===`problem`?i.needs.push(c):i[e.state===`here`?`here`:`next`].push(c)}let a=({visit:e})=>Number(e.state===`cancelled`);for(let e of[i.needs,i.here,i.next])e.sort((e,t)=>a(e)-a(t)||e.start-t.start);return i}function en({codes:e}){return Math.max(0,...e.map(e=>s(e.end)))}function tn({order:e,codes:t}){return t.length?[...new Set(t.map(e=>e.device_id))]:e.device_ids}function nn(e,t,n){let r=new Set(n.filter(t=>t.entry_id===e.entry_id).map(e=>e.device_id)),{left:i}=e.netcode,a=0;for(let{order:n,visit:o}of t){if(!o.code_at||s(o.code_at)>=s(e.resets_at))continue;let t=n.device_ids.filter(e=>r.has(e)).length;t&&(i-=t,i<0&&(a+=1))}return a}var rn=e=>e.kind===`bookings`?`bed`:`invited`,an=class extends t{static{this.styles=[b,I,i,H,h]}render(){let{store:e}=this.app;if(!e.accounts.length)return D(this.app);let t=z`<h2 class="vh">${this.t(`tabs.bookings`)}</h2>`;return e.orders.length?z`${t}
<div class="cols">
<div>${this.who()}</div>
<div>${this.sources()}</div>
</div>`:z`${t}<ha-card class="card">${this.nothingYet()}</ha-card>`}nothingYet(){let e=this.app.hass.user?.is_admin?z`<button class="btn fill" @click=${()=>L(O())}>
${F(`plus`)}${this.t(`bookings.add_calendar`)}
</button>`:void 0;return E(`bookings`,this.t(`bookings.empty_title`),this.t(`bookings.empty_text`),e)}who(){let{store:e}=this.app,{needs:t,here:n,next:r}=$t(e.orders,e.codes,this.app.now()),i=e.accounts.map(t=>nn(t,r,e.locks)).reduce((e,t)=>e+t,0);return z`<ha-card class="card">
<header><h2>${this.t(`bookings.who`)}</h2></header>
${i?z`<div class="pad">
${T({tone:`warn`,icon:`calls`,text:this.n(`bookings.too_few`,i)})}
</div>`:M}
${this.group(this.t(`bookings.needs`),t)} ${this.group(this.t(`bookings.here`),n)}
${this.days(r).map(([e,t])=>this.group(e,t))}
${t.length+n.length+r.length?M:z`<p class="none sec">${this.t(`bookings.nobody`)}</p>`}
</ha-card>`}days(e){let t=new Map;for(let n of e){let e=Math.max(n.start,this.app.now()),r=this.app.times.heading(e,this.zone(n));t.set(r,[...t.get(r)??[],n])}return[...t]}group(e,t){return t.length?z`<h3 class="sub">${e}</h3>
<div class="list">${t.map(e=>this.row(e))}</div>`:M}row(e){let{order:t,visit:n,start:r,end:i}=e,a=this.zone(e);return z`<div class="row">
${F(rn(t))}
<div class="body">
<span class="two b">${A(n.title)}</span>
<span class="sec">${this.names(tn(e))} · ${this.app.times.short(r,i,a)}</span>
<span class="tags">${this.tag(e,a)}</span>
</div>
<div class="end">${this.action(e)}</div>
</div>`}tag(e,t){let{visit:n}=e,{times:r}=this.app,i=e=>e?r.end(s(e),t):``;if(n.state===`cancelled`){let n=r.end(en(e),t);return y(`warn`,`blocked`,this.t(`bookings.cancelled`,{end:n}))}return n.problem===null?n.state===`here`&&n.arrived_at?y(`ok`,`ok`,this.t(`bookings.arrived`,{time:i(n.arrived_at)})):n.sent_at?y(`ok`,`ok`,this.t(`bookings.sent`,{time:i(n.sent_at)})):n.codes.length||!n.code_at?y(`ok`,`ok`,this.t(`bookings.code_made`)):y(``,`clock`,this.t(`door.code_comes`,{time:i(n.code_at)})):y(`bad`,`warning`,n.problem)}action(e){let{visit:t,codes:n}=e,{app:r}=this,[i]=n;if(t.state===`cancelled`&&i){let t=tn(e),n=r.store.lock(i.device_id)?.keypad.block.length;return t.length>1||!n?this.chevron(e):z`<button class="btn plain" @click=${()=>V(r,i.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`}if(t.problem!==null&&i){let e=n.map(e=>e.id);return z`<button class="btn plain" @click=${()=>Qt(r,e)}>
${this.t(`bookings.send_again`)}
</button>`}return t.problem===null?this.chevron(e):this.makeFor(e)}makeFor({order:e,visit:t}){let{store:n}=this.app,r=e.device_ids.filter(e=>{let t=n.lock(e);return t&&n.mayIssue(t)});return r.length?z`<button class="btn plain" ?disabled=${!n.connected} @click=${()=>R(this.app,r[0],t.title,r)}>
${this.t(`make.make_one`)}
</button>`:M}chevron({visit:e,codes:t}){let[n]=t;if(!n)return M;let r=Ue(`codes`,n.id);return z`<a
class="ib sec"
href=${r}
aria-label=${this.t(`bookings.codes_of`,{name:e.title})}
@click=${e=>{e.ctrlKey||e.metaKey||e.shiftKey||e.button!==0||(e.preventDefault(),L(r))}}>${F(`next`,`flip`)}</a>`}sources(){let e=this.app.hass.user?.is_admin,t=e=>z`<button class="btn plain" @click=${()=>L(O())}>
${F(`plus`,`s`)}${this.t(e)}
</button>`;return z`<ha-card class="card">
<header><h2>${this.t(`bookings.sources`)}</h2></header>
<div class="list">${this.app.store.orders.map(e=>this.source(e))}</div>
${e?z`<div class="foot">
${t(`bookings.add_calendar`)}${t(`bookings.add_visitor`)}
</div>`:M}
</ha-card>`}source(e){let t=e.kind===`bookings`?`calendarSync`:`invited`,n=z`${F(t)}
<div class="body">
<span class="two b"><bdi>${e.name}</bdi></span>
<span class="sec">${this.origin(e)}</span>
${this.readTag(e)}
</div>`;return this.app.hass.user?.is_admin?z`<button class="row link" @click=${()=>L(O(e.entry_id))}>
${n}<span class="ib sec">${F(`open`,`s flip`)}</span>
</button>`:z`<div class="row">${n}</div>`}origin({calendar_entity_id:t,visits:n,device_ids:r}){let{hass:i,words:a,times:o}=this.app,s=this.names(r);if(t){let n=i.states[t];return this.t(`bookings.calendar`,{name:n?e(n):t,doors:s})}return n?this.t(`bookings.visits`,{hours:Me(n,a,o),doors:s}):s}readTag(e){let{times:t}=this.app,n=this.app.hass.config.time_zone,r=e=>t.end(s(e),n);if(e.unreadable_since){let t=r(e.unreadable_since);return z`<span class="tags">${y(`bad`,`warning`,this.t(`bookings.unreadable`,{time:t}))}</span>`}if(!e.read_at)return M;let i=r(e.read_at);return z`<span class="tags">${y(`ok`,`ok`,this.t(`bookings.read`,{time:i}))}</span>`}names(e){let{store:t,hass:r}=this.app;return e.flatMap(e=>t.lock(e)?.name??[]).sort((e,t)=>e.localeCompare(t,r.language)).map(n).join(`, `)}zone({order:e,codes:t}){let n=t[0]?.device_id??e.device_ids[0]??``;return this.app.store.lock(n)?.time_zone??this.app.hass.config.time_zone}};B(`codelocks-bookings`,an);var Q=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Q(e,t);return!0},on=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},sn=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),un(t)}};function cn(e){this._$AN===void 0?this._$AM=e:(on(this),this._$AM=e,sn(this))}function ln(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Q(r[e],!1),on(r[e]);else r!=null&&(Q(r,!1),on(r))}else Q(this,e)}}var un=e=>{e.type==g.CHILD&&(e._$AP??=ln,e._$AQ??=cn)},dn=class extends Je{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),sn(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Q(this,e),on(this))}setValue(e){if(me(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},fn=new WeakMap,pn=ne(class extends dn{render(e){return M}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),M}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=fn.get(t);n===void 0&&(n=new WeakMap,fn.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?fn.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),mn=24,hn=class{constructor(e,t=mn){this.host=e,this.step=t,this.observer=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()},{rootMargin:`600px`}),this.watch=e=>{this.sentinel&&this.observer.unobserve(this.sentinel),this.sentinel=e,e&&this.observer.observe(e)},this.limit=t,e.addController(this)}hostConnected(){this.sentinel&&this.observer.observe(this.sentinel)}hostDisconnected(){this.observer.disconnect()}first(e){return e.slice(0,this.limit)}reset(){this.limit=this.step}end(e){return z`<span ?hidden=${e<=this.limit} ${pn(this.watch)}></span>`}more(){this.limit+=this.step,this.host.requestUpdate(),this.host.updateComplete.then(()=>this.watch(this.sentinel))}},gn=6e5;function _n(e,t){let n=e.filter(e=>e.read_calls>0),r=e=>e.read_at?s(e.read_at)+gn:0,i=n.filter(e=>r(e)<=t);if(n.length&&!i.length)return{calls:0,again:Math.min(...n.map(r))};let a=i.reduce((e,t)=>e+t.read_calls-1,0);return{calls:i.length?a+1:0,again:null}}function vn({left:e,quota:t,forecast:n}){let r=Math.max(0,t-e),i=Math.max(0,n-r),a=e=>t>0?100*e/t:0,o=Math.min(100,a(r));return{used:r,more:i,usedShare:o,moreShare:Math.min(100-o,a(i))}}var yn=k`.cards{display:grid;gap:24px;align-items:start;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr))}.pool{padding:16px;display:grid;gap:12px}.left{font-size:40px;line-height:48px;font-variant-numeric:tabular-nums}.left small{font-size:16px;color:var(--secondary-text-color)}.meter{height:12px;border-radius:6px;background:var(--secondary-background-color);overflow:hidden;display:flex}.meter > i,.key-of b{background:var(--cl-primary-fill)}.meter > i.soft,.key-of b.soft{background:repeating-linear-gradient(45deg,var(--cl-primary-text) 0 2px,transparent 2px 6px)}.key-of{display:flex;flex-wrap:wrap;gap:4px 16px}.key-of span{display:inline-flex;align-items:center;gap:6px;font-size:12px;color:var(--secondary-text-color)}.key-of b{width:12px;height:12px;border-radius:3px}.key-of b.none{background:var(--secondary-background-color);padding:0}.pairs{margin:0;padding:0 16px 8px}.pairs > div{display:flex;justify-content:space-between;gap:16px;padding-block:12px}.pairs > div + div{border-block-start:1px solid var(--divider-color)}.pairs dt{min-width:0;overflow-wrap:anywhere}.pairs dd{margin:0;text-align:end}@media (max-width:599px){.cards{gap:16px}.pairs dd{white-space:normal}}@media (forced-colors:active){.meter,.key-of b{border:1px solid CanvasText}.meter > i{background:CanvasText;forced-color-adjust:none}}`,bn=class extends t{static{this.styles=[b,I,H,yn]}static{this.properties={...t.properties,busy:{state:!0},told:{state:!0}}}constructor(){super(),this.growing=new hn(this),this.busy=!1,this.told=``}render(){let{accounts:e}=this.app.store;return e.length?z`<h2 class="vh">${this.t(`tabs.calls`)}</h2>
<div class="stack wide">
${e.map(t=>this.account(t,e.length>1))}
<div class="cards">${this.looks()} ${this.costs()}</div>
</div>`:D(this.app)}account(e,t){return z`${t?z`<h3><bdi>${e.title}</bdi></h3>`:M}
<div class="cards">
${this.pool(e,e.netcode,`codes`,this.spares(e))}
${this.pool(e,e.utility,`reading`,this.n(`calls.reserve`,e.utility.reserve,{n:this.number(e.utility.reserve)}))}
</div>`}spares(e){let t=e.spare_locks.map(e=>this.app.store.lock(e)?.name??``),n=this.app.words.list(t.filter(Boolean));return n?this.t(`calls.spares`,{doors:n}):``}pool(e,t,n,r){let{times:i,hass:a}=this.app,o=a.config.time_zone,{used:c,more:l,usedShare:u,moreShare:d}=vn(t),f=s(e.resets_at),ee=i.day(f,o),[p,m]=[this.number(t.left),this.number(t.quota)],h=this.number(c+l),g=this.t(`calls.meter`,{n:this.number(c),all:h});return z`<ha-card class="card"><div class="pool">
<div>
<h2>${this.t(`calls.${n}`)}</h2>
<span class="sec">${this.t(`calls.${n}_text`)}</span>
</div>
<div class="left">${p} <small>${this.t(`calls.of_left`,{quota:m})}</small></div>
<div class="meter" role="img" aria-label=${g}>
<i style=${`width:${u}%`}></i><i class="soft" style=${`width:${d}%`}></i>
</div>
<div class="key-of">
<span><b></b>${this.t(`calls.used`,{n:this.number(c)})}</span>
<span><b class="soft"></b>${this.t(`calls.expected`,{day:ee,n:this.number(l)})}</span>
<span><b class="none"></b>${this.t(`calls.over`)}</span>
</div>
<p class="sec">
${this.t(`calls.starts_again`,{day:ee,time:i.time(f,o)})} ${r}
</p>
</div></ha-card>`}looks(){let{store:e}=this.app,t=this.app.hass.config.time_zone,n=e=>s(e.next_read_at??``),r=e.locks.filter(e=>e.next_read_at!==null).sort((e,t)=>n(e)-n(t));return z`<ha-card class="card">
<header><h2>${this.t(`calls.looks`)}</h2></header>
${r.length||e.accounts.some(e=>e.next_list_at)?z`<dl class="pairs">
${this.growing.first(r).map(e=>this.pair(z`<bdi>${e.name}</bdi>`,this.about(n(e),t)))}
${e.accounts.map(e=>e.next_list_at?this.pair(z`<span class="sec">${this.t(`calls.list`)}</span>`,this.about(s(e.next_list_at),t)):M)}
</dl>
${this.growing.end(r.length)}`:z`<p class="none sec">${this.t(`calls.no_looks`)}</p>`}
${this.foot()}
</ha-card>`}pair(e,t){return z`<div>
<dt>${e}</dt>
<dd class="num">${t}</dd>
</div>`}about(e,t){let{times:n}=this.app,r=n.time(e,t);return le(e,t)===le(this.app.now(),t)?this.t(`calls.about`,{time:r}):this.t(`calls.about_day`,{day:n.alone(n.day(e,t)),time:r})}foot(){let{store:e,times:t,hass:n}=this.app,r=e.locks.filter(e=>e.read_calls>0);if(!n.user?.is_admin||!r.length)return M;let i=e.accounts.filter(e=>e.state===`ok`).map(({entry_id:e})=>_n(r.filter(t=>t.entry_id===e),this.app.now())),a=i.reduce((e,t)=>e+t.calls,0),o=i.flatMap(e=>e.again??[]),s=Math.min(...o),c=Math.max(1,Math.floor((this.app.now()-s+gn)/6e4)),l=a?this.n(`calls.takes`,a):o.length?this.n(`door.fresh`,c,{time:t.time(s,n.config.time_zone)}):``;return z`<div class="foot">
<button
class="btn fill"
?disabled=${!a||this.busy||!e.connected}
@click=${()=>void this.read()}>
${F(`refresh`,`s`)}${this.t(`calls.read_all`)}
</button>
<span class="sec small price" role="status">${this.told} ${l}</span>
</div>`}costs(){let{store:e,hass:t}=this.app,n=this.t(`calls.nothing`),r=Math.max(0,...e.locks.map(e=>e.read_calls)),i=Tt(e.locks);return z`<ha-card class="card">
<header><h2>${this.t(`calls.costs`)}</h2></header>
<dl class="pairs">
${this.pair(this.t(`calls.cost_make`),this.n(`calls.n_codes`,1))}
${this.pair(this.t(`calls.cost_plan`),n)}
${this.pair(this.t(`calls.cost_use`),n)}
${r?z`${this.pair(this.t(`calls.cost_phone`),this.n(`calls.up_to`,i))}
${this.pair(this.t(`calls.cost_read`),this.n(`calls.up_to`,r))}`:M}
</dl>
${t.user?.is_admin?z`<div class="foot">
<button class="btn plain" @click=${()=>L(O(e.accounts[0]?.entry_id))}>
${F(`cog`,`s`)}${this.t(`account.plan_button`)}
</button>
</div>`:M}
</ha-card>`}number(e){return e.toLocaleString(this.app.hass.locale.language)}latest(){return this.app.store.locks.map(e=>e.last_activity).join()}async read(){let e=this.latest();this.busy=!0,this.told=``;try{await he(this.app.hass),await new Promise(e=>setTimeout(e,1200)),this.told=this.t(this.latest()===e?`door.nothing_new`:`door.news_came`)}catch(e){this.app.fail(e)}finally{this.busy=!1}}};B(`codelocks-calls`,bn);var xn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},$=ne(class extends Je{constructor(e){if(super(e),e.type!==g.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,i]){let a=r(e),{values:o,keys:s}=this.dt(t,n,i);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,f,p=0,m=a.length-1,h=0,g=o.length-1;for(;p<=m&&h<=g;)if(a[p]===null)p++;else if(a[m]===null)m--;else if(c[p]===s[h])l[h]=C(a[p],o[h]),p++,h++;else if(c[m]===s[g])l[g]=C(a[m],o[g]),m--,g--;else if(c[p]===s[g])l[g]=C(a[p],o[g]),d(e,l[g+1],a[p]),p++,g--;else if(c[m]===s[h])l[h]=C(a[m],o[h]),d(e,a[p],a[m]),m--,h++;else if(u===void 0&&(u=xn(s,h,g),f=xn(c,p,m)),u.has(c[p])){if(u.has(c[m])){let t=f.get(s[h]),n=t===void 0?null:a[t];if(n===null){let t=d(e,a[p]);C(t,o[h]),l[h]=t}else l[h]=C(n,o[h]),d(e,a[p],n),a[t]=null;h++}else ge(a[m]),m--}else ge(a[p]),p++;for(;h<=g;){let t=d(e,l[g+1]);C(t,o[h]),l[h++]=t}for(;p<=m;){let e=a[p++];e!==null&&ge(e)}return this.ut=s,ee(e,l),We}}),Sn=class extends N{static{this.properties={...N.properties,result:{state:!0}}}constructor(){super(),this.codes=[],this.result=null}render(){let e=this.codes[0]?.name,t=e?this.t(`result.title`,{name:e}):this.n(`result.ready`,this.codes.length);return this.frameAround(t,z`${this.result??M}`)}async begin(){try{let e=await Promise.all(this.codes.map(e=>ve(this.app.hass,e.id)));if(!this.isConnected)return;let t=new De;t.app=this.app,t.done=this.close;let n=this.codes.map((t,n)=>oe(t,e[n]?.netcode??``));t.take({codes:n,failed:[],deliveries:[],netcode_calls_left:0}),this.result=t,await this.updateComplete,await t.updateComplete,t.focusFirst()}catch(e){this.app.fail(e),this.close()}}};B(`codelocks-order`,Sn);function Cn(e,t){_(`codelocks-order`,e,{codes:t},e=>void e.begin())}async function wn(e,t){try{return(await ve(e.hass,t)).netcode}catch(t){return e.tell({tone:`bad`,text:e.words.reason(t)||e.words.t(`codes.not_shown`)}),null}}async function Tn(e,t){let n=wn(e,t.id),r=await l(n.then(e=>e??Promise.reject(Error(`none`)))),i=r?null:await n;r||i&&await m(i)?e.tell({tone:`ok`,text:e.words.t(`result.copied`)}):i&&e.tell({tone:`bad`,text:e.words.t(`codes.not_copied`)})}function En(e,t){let{words:n,times:r}=e,i=t.name??n.t(`codes.nameless`),a=r.moment(s(t.end),xe(e,t));_(`codelocks-ask`,e,{asked:{title:n.t(`codes.withdraw_title`,{name:i}),text:n.t(`codes.withdraw_text`,{door:t.lock_name,end:a}),confirm:n.t(`codes.withdraw_button`),run:()=>{Ye(e.hass,[t.id]).then(()=>e.tell({text:n.t(`codes.tag_opens`,{end:a}),...Dn(e,t)}),t=>e.fail(t))}}})}function Dn(e,t){return e.store.lock(t.device_id)?.keypad.block.length?{action:{label:e.words.t(`codes.how_to_block`),run:()=>V(e,t.device_id,`block`)}}:{}}function On(e,t,n){let{words:r,store:i}=e,o=i.lock(t.device_id),s=o!==void 0&&i.mayIssue(o),c=e.now(),l=[];if(ot(t,c)){l.push({icon:`eye`,label:r.t(`codes.show`),run:n},{icon:`copy`,label:r.t(`codes.copy`),run:()=>void Tn(e,t)});let o=a(i.codes,t,c);if(o.length>1){let t=r.n(`codes.show_all`,o.length);l.splice(1,0,{icon:`eye`,label:t,run:()=>void Cn(e,o)})}}if(x(t,c)||l.push({icon:`send`,label:r.t(`send.button`),run:()=>Qt(e,[t.id])}),s){let n=i.codes.filter(e=>t.order&&e.order===t.order);l.push({icon:`keyPlus`,label:r.t(`codes.again`),run:()=>R(e,t.device_id,t.name??``,[...new Set(n.map(e=>e.device_id))])})}let{action:u}=Dn(e,t);return u&&t.state===`withdrawn`&&!x(t,c)&&l.push({icon:`blocked`,...u}),s&&t.state!==`withdrawn`&&!x(t,c)&&l.push({icon:`blocked`,label:r.t(`codes.withdraw`),run:()=>En(e,t),bad:!0}),l}var kn=24,An=class{constructor(e){this.host=e,this.seen=new Set([0]),this.heights=new Map,this.observer=new IntersectionObserver(e=>this.look(e),{rootMargin:`800px 0px`}),e.addController(this)}hostDisconnected(){this.observer.disconnect()}hostUpdated(){for(let e of this.host.renderRoot.querySelectorAll(`[data-page]`))this.observer.observe(e)}reset(){this.seen=new Set([0]),this.heights.clear(),this.observer.disconnect()}of(e,t){return Array.from({length:Math.ceil(e.length/kn)},(n,r)=>{let i=r*kn,a=Math.min(kn,e.length-i),o=this.heights.get(r)??a*t;return{number:r,from:i,rows:this.seen.has(r)?e.slice(i,i+a):null,height:o}})}look(e){let t=[...this.seen].join();for(let{target:t,isIntersecting:n,boundingClientRect:r}of e){if(!t.isConnected)continue;let e=Number(t.dataset.page);n?this.seen.add(e):this.seen.has(e)&&!t.matches(`:focus-within`)&&(this.heights.set(e,r.height),this.seen.delete(e))}[...this.seen].join()!==t&&this.host.requestUpdate()}},jn=k`table{border-collapse:collapse;width:100%}th{text-align:start;font-weight:500;font-size:12px;color:var(--secondary-text-color);padding:12px 8px}td{padding:8px;border-block-start:1px solid var(--divider-color);vertical-align:middle;height:64px}:is(th,td):first-child{padding-inline-start:16px}`,Mn=k`table{table-layout:fixed}td{overflow-wrap:anywhere}th:nth-child(1){width:20%}th:nth-child(3){width:26%}th:nth-child(5){width:248px}@media (max-width:1099px){th:nth-child(5){width:190px}.shown .copy{display:none}}.gap td{padding:0;height:auto}td .tags{margin-block-start:4px;display:flex;flex-wrap:wrap;gap:4px}.ends{display:flex;align-items:center;justify-content:flex-end;white-space:nowrap}.page + .page{border-block-start:1px solid var(--divider-color)}.row > .end.top{align-self:start}`,Nn=matchMedia(`(min-width: 1000px)`),Pn=65,Fn=72,In=6e4,Ln=class extends t{static{this.styles=[b,I,i,H,ye,w,h,u,jn,Mn]}static{this.properties={...t.properties,codeId:{attribute:!1},which:{state:!0},wanted:{state:!0}}}constructor(){super(),this.held=new je(this),this.pages=new An(this),this.source=[],this.entries=[],this.sortedAt=0,this.sorted={now:[],later:[],over:[]},this.make=()=>R(this.app),this.onWidth=()=>{this.pages.reset(),this.requestUpdate()},this.codeId=``,this.which=`now`,this.wanted=``}connectedCallback(){super.connectedCallback(),Nn.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),Nn.removeEventListener(`change`,this.onWidth)}willUpdate(e){let{store:t,hass:n}=this.app,r=this.app.now(),i=t.codes!==this.source;i&&(this.source=t.codes,this.entries=ct(t.codes,this.t(`codes.nameless`),n.language)),(i||Math.floor(r/In)!==this.sortedAt)&&(this.sortedAt=Math.floor(r/In),this.sorted=it(this.entries,r)),e.has(`codeId`)&&this.findCode(),(e.has(`which`)||e.has(`wanted`))&&this.pages.reset()}render(){if(!this.app.store.accounts.length)return D(this.app);let e=this.app.hass.language,t=Object.fromEntries(nt.map(t=>[t,Te(this.sorted[t],this.wanted,e)])),n=t[this.which];return z`<h2 class="vh">${this.t(`tabs.codes`)}</h2>
<div class="stack wide">
<div class="lead">${this.choice(t)} ${this.find()}</div>
<ha-card class="card">${n.length===0?this.none(t):Nn.matches?this.table(n):this.list(n)}</ha-card>
<p class="sec small">${this.t(`codes.explain`)}</p>
</div>
${this.mayMake?z`<button
class="btn fill big fab"
?disabled=${!this.app.store.connected}
@click=${this.make}>
${F(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:M}`}get mayMake(){let{store:e}=this.app;return e.locks.some(t=>e.mayIssue(t))}findCode(){let e=this.entries.find(({code:e})=>e.id===this.codeId);this.wanted=e?e.code.name??e.code.lock_name:``,this.which=nt.find(t=>e&&this.sorted[t].includes(e))??this.which}choice(e){return z`<div class="seg" role="radiogroup" aria-label=${this.t(`codes.which`)}>
${nt.map(t=>z`<label><input
type="radio"
name="which"
.checked=${this.which===t}
@change=${()=>this.which=t}
/>${this.t(`codes.part_${t}`)}${t===`over`&&!this.wanted?M:z` <span class="num">${e[t].length.toLocaleString(this.app.hass.locale.language)}</span>`}</label>`)}
</div>`}find(){return z`<label class="find">${F(`find`)}<input
type="search"
autocomplete="off"
.value=${this.wanted}
placeholder=${this.t(`codes.find`)}
aria-label=${this.t(`codes.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}none(e){if(this.wanted.trim()){let e=()=>{this.wanted=``},t=this.which===`over`?``:this.t(`codes.find_over`),n=z`<button class="btn" @click=${e}>${this.t(`find.clear`)}</button>`;return E(`find`,this.t(`find.nothing`,{text:this.wanted.trim()}),t,n)}let t=e.later.length,n=this.which===`now`&&t?this.n(`codes.open_later`,t):``,r=this.mayMake?z`<button
class="btn tonal"
?disabled=${!this.app.store.connected}
@click=${this.make}>
${F(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:void 0;return E(`keypad`,this.t(`codes.none_${this.which}`),n,r)}table(e){let t=e=>z`<th scope="col">${this.t(e)}</th>`;return z`<table aria-rowcount=${e.length+1}>
<thead>
<tr aria-rowindex="1">
${t(`make.for_whom`)}${t(`codes.door`)}${t(`codes.opens`)}${t(`codes.made`)}
<th scope="col"><span class="vh">${this.t(`codes.actions`)}</span></th>
</tr>
</thead>
${this.pages.of(e,Pn).map(e=>z`<tbody data-page=${e.number}>
${e.rows?this.rowsOf(e,(e,t)=>this.tableRow(e,t)):z`<tr class="gap" aria-hidden="true">
<td colspan="5" style=${`height:${e.height}px`}></td>
</tr>`}
</tbody>`)}
</table>`}list(e){return z`${this.pages.of(e,Fn).map(e=>z`<div
class="list page"
data-page=${e.number}
style=${e.rows?``:`height:${e.height}px`}>
${e.rows?this.rowsOf(e,e=>this.listRow(e)):M}
</div>`)}`}rowsOf(e,t){return $(e.rows??[],({code:e})=>e.id,({code:n},r)=>t(n,e.from+r))}tableRow(e,t){let n=Ke(this.app,e,!0),r=this.shownOf(e);return z`<tr aria-rowindex=${t+2} class=${this.app.isFresh(e.id)?`fresh`:``}>
<td class="b"><span class="two">${A(this.nameOf(e))}</span></td>
<td><span class="two"><bdi>${e.lock_name}</bdi></span></td>
<td>
${Ne(this.app,e)}${n.length?z`<span class="tags">${n}</span>`:M}
</td>
<td class="sec"><span class="two">${Pe(this.app,e)}</span></td>
<td>
<span class="ends">${r===null?z`${this.show(e)}${this.again(e)}`:this.digits(r)}${this.more(e)}</span>
</td>
</tr>`}listRow(e){let t=Ke(this.app,e,!0),n=this.shownOf(e);return z`<div class="row ${this.app.isFresh(e.id)?`fresh`:``}">
${F(Be(e))}
<div class="body">
<span class="two b">${A(this.nameOf(e))}</span>
<span class="sec"><bdi>${e.lock_name}</bdi> · ${Ne(this.app,e)}<span class="vh">, ${Pe(this.app,e)}</span></span>
${n===null?M:z`${this.digits(n)}<span class="sec small">${this.n(`result.hidden_in`,this.held.left)}</span>`}
${t.length?z`<span class="tags">${t}</span>`:M}
</div>
<div class="end ${n===null?``:`top`}">
${n!==null||e.state===`withdrawn`?M:this.show(e)}${this.more(e)}
</div>
</div>`}nameOf(e){return e.name??this.t(`codes.nameless`)}shownOf(e){return this.held.value?.id===e.id?this.held.value.netcode:null}digits(e){let t=async()=>{let t=await m(e);this.app.tell({tone:t?`ok`:`bad`,text:this.t(t?`result.copied`:`codes.not_copied`)})};return z`<span class="shown"><output aria-label=${c(e)}>${pe(e)}</output><button
class="ib sec ${Nn.matches?`copy`:``}"
aria-label=${this.t(`codes.copy`)}
@click=${()=>void t()}>
${F(`copy`)}</button><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${F(`eyeOff`)}
</button></span>`}show(e){let{app:t}=this;return e.state===`withdrawn`&&!x(e,t.now())?t.store.lock(e.device_id)?.keypad.block.length?z`<button class="btn plain" @click=${()=>V(t,e.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`:M:ot(e,t.now())?z`<button
class="ib sec"
?disabled=${!t.store.connected}
aria-label=${this.t(`codes.show_of`,{name:this.nameOf(e)})}
@click=${()=>void this.reveal(e)}>
${F(`eye`)}
</button>`:M}again(e){return e.state===`withdrawn`||x(e,this.app.now())?M:z`<button
class="ib sec"
?disabled=${!this.app.store.connected}
aria-label=${this.t(`codes.send_again`,{name:this.nameOf(e)})}
@click=${()=>Qt(this.app,[e.id])}>
${F(`send`,`flip`)}
</button>`}more(e){return W(this.t(`codes.more`,{name:this.nameOf(e)}),()=>On(this.app,e,()=>void this.reveal(e)))}async reveal(e){let t=await wn(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}};B(`codelocks-codes`,Ln);var Rn=e=>typeof e==`string`&&e?e:null;async function zn(e,t,n,r){return Bn((await e.callWS({type:`history/history_during_period`,start_time:new Date(n).toISOString(),end_time:new Date(r+1728e5).toISOString(),entity_ids:[t],minimal_response:!1,no_attributes:!1,significant_changes_only:!1,include_start_time_state:!1}))[t]??[],n,r)}function Bn(e,t,n){let r=new Map;for(let{a:i}of e){let e=Date.parse(Rn(i?.time)??``);!i||Number.isNaN(e)||e<t||e>=n||r.set(`${String(i.entry_id)} ${e}`,{time:e,type:Rn(i.event_type)??`other`,text:Rn(i.text),name:Rn(i.name)})}return[...r.values()].sort((e,t)=>t.time-e.time)}var Vn=class extends t{static{this.styles=[b,I,i,ye,w,ae]}static{this.properties={...t.properties,lock:{attribute:!1},day:{state:!0},date:{state:!0},entries:{state:!0},failed:{state:!0},reading:{state:!0},told:{state:!0}}}constructor(){super(),this.loaded=``,this.day=`today`,this.date=``,this.entries=null,this.failed=!1,this.reading=!1,this.told=``}willUpdate(e){if(e.has(`lock`)){let t=e.get(`lock`);t&&t.device_id!==this.lock.device_id&&(this.told=``)}let t=[this.lock.device_id,this.dayAt,this.lock.last_activity,this.app.store.connected].join(`|`);t!==this.loaded&&this.app.store.connected&&(this.loaded=t,this.load(t))}render(){return z`<ha-card class="card">
<header><h2>${this.t(`door.happened`)}</h2></header>
<div class="days-of">${this.days()}</div>
${this.list()} ${this.explain()} ${this.foot()}
</ha-card>`}get dayAt(){let{now:e,zone:t}={now:this.app.now(),zone:this.lock.time_zone},n=le(e,t);return this.day===`other`&&this.date?Date.parse(`${this.date}T00:00Z`)/864e5:this.day===`yesterday`?n-1:n}days(){let e=e=>z`<label><input
type="radio"
name="day"
.checked=${this.day===e}
@change=${()=>this.choose(e)}
/>${this.t(`door.day_${e}`)}</label>`,t=se(this.app.now(),this.lock.time_zone).date;return z`<div class="seg" role="radiogroup" aria-label=${this.t(`door.day`)}>
${e(`today`)}${e(`yesterday`)}${e(`other`)}
</div>
${this.day===`other`?z`<label class="field"><span>${this.t(`door.day`)}</span><input
type="date"
max=${t}
.value=${this.date}
@change=${e=>this.date=e.target.value}
/></label>`:M}`}list(){let{words:e,times:t}=this.app;if(this.failed){let e={label:this.t(`make.try_again`),run:()=>void this.load(this.loaded)};return z`<div class="pad">
${T({tone:`bad`,icon:`alert`,text:this.t(`door.no_history`),action:e})}
</div>`}return this.entries?this.entries.length?z`<ol class="time">
${this.entries.map(n=>z`<li>
<span class="num">${t.time(n.time,this.lock.time_zone)}</span>${F(Ie(n),n.type===`denied`?`bad`:``)}
<div>${A(Ce(n,e))}</div>
</li>`)}
</ol>`:z`<p class="none sec">${this.t(`door.nothing`)}</p>`:z`<div class="pad" aria-busy="true"></div>`}explain(){let{times:e}=this.app,{lock:t}=this,n=t.time_zone,r=e.zoneName(n);return z`<p class="sec small explain">
${r?this.t(`door.times_zone`,{zone:r}):this.t(`door.times`)}
${t.read_at?this.t(`door.read_at`,{time:e.end(s(t.read_at),n)}):M}
${t.next_read_at?this.t(`door.next_read`,{time:e.end(s(t.next_read_at),n)}):this.t(`door.how_news`)}
</p>`}foot(){let{lock:e,app:t}=this,n=t.store.account(e.entry_id);if(!e.read_calls||!n||!t.hass.user?.is_admin)return M;let r=e.read_at?s(e.read_at)+gn:0,i=r>t.now(),a=i?this.n(`door.fresh`,Math.max(1,Math.floor((t.now()-r+gn)/6e4)),{time:t.times.time(r,e.time_zone)}):this.t(`door.read_price`,{n:e.read_calls,left:n.utility.left});return z`<div class="foot">
<button
class="btn plain"
?disabled=${i||this.reading||!t.store.connected||n.state!==`ok`}
@click=${()=>void this.read()}>
${F(`refresh`,`s`)}${this.t(`door.read_now`)}
</button>
<span class="sec small price" role="status">${this.told} ${a}</span>
</div>`}choose(e){this.day=e,e===`other`&&!this.date&&(this.date=se(this.app.now()-1728e5,this.lock.time_zone).date)}async load(e){let{entity:t,zone:n}={entity:this.lock.entities.activity,zone:this.lock.time_zone};if(!t)return;let[r,i]=[Re(this.dayAt,0,n),Re(this.dayAt+1,0,n)];try{let n=await zn(this.app.hass,t,r,i);if(e!==this.loaded)return;this.entries=n,this.failed=!1}catch{e===this.loaded&&(this.failed=!0)}}async read(){let e=this.lock.last_activity;this.reading=!0,this.told=``;try{await he(this.app.hass,[this.lock.device_id]),await new Promise(e=>setTimeout(e,1200));let t=this.app.store.lock(this.lock.device_id)?.last_activity??null;this.told=t===e?this.t(`door.nothing_new`):this.t(`door.news_came`)}catch(e){this.app.fail(e)}finally{this.reading=!1}}};B(`codelocks-timeline`,Vn);var Hn=class extends t{constructor(...e){super(...e),this.held=new je(this)}static{this.styles=[b,I,i,h,u,v,ce]}static{this.properties={...t.properties,lock:{attribute:!1}}}render(){let{lock:e,app:t}=this,n=t.now(),r=t.store.codesOf(e.device_id),i=qe(e,n),a=[...Qe(r,n).map(e=>this.code(e,!0)),...i.now.map(e=>this.phone(e))],o=[...i.later.filter(e=>e.state===`on`).map(e=>this.phone(e)),...Ge(r,n).map(e=>this.code(e,!1)),...this.visits().map(([e,t])=>this.visit(e,t)),...i.later.filter(e=>e.state!==`on`).map(e=>this.phone(e))];return z`<ha-card class="card">
<header><h2>${this.t(`door.who`)}</h2></header>
${this.group(`door.now`,a.length?a:[z`<p class="none sec">${this.t(`doors.nobody`)}</p>`])}
${this.group(`door.later`,o)}
${this.group(`door.not`,i.not.map(e=>this.phone(e)))} ${this.invite()}
</ha-card>`}group(e,t){return t.length?z`<h3 class="sub">${this.t(e)}</h3>
<div class="list">${t}</div>`:M}row(e,t,n,r,i,a=!1){return z`<div class="row ${a?`fresh`:``}">
${F(e)}
<div class="body">
<span class="two">${A(t)}</span><span class="sec">${n}</span>
${r.length?z`<span class="tags">${r}</span>`:M}
</div>
<div class="end">${i}</div>
</div>`}code(e,t){let{app:n,lock:r}=this,i=e.name??this.t(`codes.nameless`),a=e.state===`withdrawn`,o=n.times.moment(s(e.end),r.time_zone),c=n.times.short(s(e.start),s(e.end),r.time_zone),l=t?this.t(a?`door.code_still`:`door.code_until`,{end:o}):this.t(`door.code_later`,{window:c}),u=this.codeEnd(e,i,a);return this.row(`keypad`,i,l,Ke(n,e,!1),u,n.isFresh(e.id))}codeEnd(e,t,n){let{app:r,lock:i}=this,a=this.held.value?.id===e.id?this.held.value.netcode:null,o=W(this.t(`codes.more`,{name:t}),()=>On(r,e,()=>void this.show(e)));return a===null?n&&i.keypad.block.length?z`<button class="btn plain" @click=${()=>V(r,i.device_id,`block`)}>${this.t(`codes.block`)}</button>${o}`:n?o:z`<button
class="ib sec"
aria-label=${this.t(`codes.show_of`,{name:t})}
@click=${()=>void this.show(e)}>
${F(`eye`)}</button>${o}`:z`<output class="shown" aria-label=${c(a)}>${pe(a)}</output><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${F(`eyeOff`)}</button>${o}`}phone(e){let{app:t,lock:n}=this,r=P(e.active_periods,t.words,t.times),i=Ae(e.active_periods,t.now(),n.time_zone),a=e.state===`on`&&qe(n,t.now()).later.includes(e),o=e.state===`suspended`?this.t(`door.phone`):a&&i!==null?this.t(`door.phone_next`,{hours:r,time:t.times.weekdayTime(i,n.time_zone)}):this.t(`door.phone_hours`,{hours:r}),s={on:[],suspended:[y(`warn`,`pause`,this.t(`people.suspended`))],invited:[y(`info`,`invited`,this.t(`people.invited`))],unknown:[y(``,`help`,this.t(`people.unknown`))]}[e.state],c=Gt(this.app,n,e),l=c.length?W(this.t(`codes.more`,{name:e.email}),c):M;return this.row(e.state===`suspended`?`personOff`:`phone`,e.email,o,s,l)}visits(){let{lock:e,app:t}=this,n=new Set(t.store.codesOf(e.device_id).map(e=>e.id));return t.store.orders.filter(t=>t.device_ids.includes(e.device_id)).flatMap(e=>e.next.filter(e=>e.state!==`cancelled`&&s(e.end)>t.now()).filter(e=>!e.codes.some(e=>n.has(e))).map(t=>[e,t])).sort(([,e],[,t])=>s(e.start)-s(t.start))}visit(e,t){let{app:n,lock:r}=this,i=n.times.short(s(t.start),s(t.end),r.time_zone),a=[...t.code_at?[y(``,`clock`,this.t(`door.code_comes`,{time:n.times.moment(s(t.code_at),r.time_zone)}))]:[],...t.problem?[y(`bad`,`warning`,t.problem)]:[]],o=e.kind===`bookings`?`door.booking`:`door.visitor`;return this.row(`bed`,t.title,this.t(o,{window:i}),a,M)}invite(){let{app:e,lock:t}=this;return t.kind===`kitlock`||!e.store.mayIssue(t)?M:z`<div class="foot">
<button
class="btn plain"
?disabled=${!e.store.connected}
@click=${()=>Z(e,``,[t.device_id])}>
${F(`invite`,`s`)}${this.t(`door.invite`)}
</button>
</div>`}async show(e){let t=await wn(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}};B(`codelocks-who`,Hn);var Un=class extends t{constructor(...e){super(...e),this.last=null,this.make=()=>R(this.app,this.deviceId)}static{this.styles=[b,I,i,H,h,He]}static{this.properties={...t.properties,deviceId:{attribute:!1}}}render(){let e=this.app.store.lock(this.deviceId);return e?(this.last={id:e.device_id,name:e.name},z`<div class="stack wide">
${this.lead(e)} ${this.notes(e)}
<div class="cols">
<div><codelocks-who .app=${this.app} .lock=${e}></codelocks-who></div>
<div>
${e.entities.activity?z`<codelocks-timeline .app=${this.app} .lock=${e}></codelocks-timeline>`:M}
${this.keypad(e)}
</div>
</div>
${this.mayMake(e)?this.floating(e):M}
</div>`):this.gone()}mayMake(e){return!!this.app.store.account(e.entry_id)?.may_issue}lead(e){let{times:t,words:n}=this.app,r=Xe(e,n),i=e.last_activity?this.t(`door.news`,{news:r,time:t.moment(s(e.last_activity),e.time_zone)}):r,a=e.model??(e.kind===`kitlock`?`KitLock`:null),o=[e.area,a,t.zoneName(e.time_zone)].filter(Boolean).join(` · `),c=e.battery===null?e.battery_low?this.t(`doors.battery_low`):null:this.t(`doors.battery`,{n:e.battery});return z`<div class="lead">
<span class="pip">${F($e(e))}</span>
<div class="grow">
<h2>${i}</h2>
<span class="sec">${o}${c?z` ${o?`· `:``}<span class="battery ${e.battery_low?`low`:``}">${F(e.battery_low?`batteryLow`:`battery`,`xs`)} ${c}</span>`:M}</span>
</div>
${this.mayMake(e)?z`<span class="not-phone"><button class="btn fill" ?disabled=${!this.ready(e)} @click=${this.make}>
${F(`keyPlus`)}${this.t(`door.make_for`,{door:e.name})}
</button></span>`:M}
</div>`}notes(e){return e.clock_problem===`lost`?T({tone:`warn`,icon:`clockAlert`,title:this.t(`doors.clock_title`),text:this.t(`doors.clock_text`),...e.keypad.set_clock.length?{action:{label:this.t(`coach.set_clock_button`),run:()=>V(this.app,e.device_id,`set_clock`)}}:{}}):M}keypad(e){let t=ze.filter(t=>e.keypad[t].length>0);return t.length?z`<ha-card class="card">
<header><h2>${this.t(`door.keypad`)}</h2></header>
<div class="list">${t.map(t=>this.lesson(e,t))}</div>
</ha-card>`:M}lesson(e,t){let n=e.keypad[t],r=n.some(e=>e.what===`master_code`)?`master_steps`:`steps`;return z`<button
class="row link"
@click=${()=>V(this.app,e.device_id,t)}>
${F({block:`blocked`,set_clock:`clockAlert`,start_anew:`renew`}[t])}
<span class="body"><span>${this.t(`door.${t}`)}</span><span class="sec">${this.n(`door.${r}`,n.length)}</span></span>
${F(`next`,`sec flip`)}
</button>`}floating(e){return z`<div class="phone-only under-fab"></div>
<button class="btn fill big fab low-fab" ?disabled=${!this.ready(e)} @click=${this.make}>
${F(`keyPlus`)}${this.t(`make.make_one`)}
</button>`}gone(){let e=this.last?.id===this.deviceId?this.last.name:null;return T({tone:`warn`,icon:`door`,title:e?this.t(`door.gone_title`,{door:e}):this.t(`door.unknown_title`),...e?{text:this.t(`door.gone_text`)}:{},action:{label:this.t(`door.back`),run:()=>this.app.go(`doors`)}})}ready(e){return this.app.store.connected&&this.app.store.mayIssue(e)}};B(`codelocks-door`,Un);var Wn=9,Gn=class extends t{static{this.styles=[b,I,i,H,w]}static{this.properties={...t.properties,wanted:{state:!0}}}constructor(){super(),this.growing=new hn(this),this.wanted=``}render(){let{store:e}=this.app;if(!e.accounts.length)return D(this.app);if(!e.locks.length)return this.noLocks();let t=e.locks.length>=Wn,n=this.found();return z`<h2 class="vh">${this.t(`tabs.doors`)}</h2>
<div class="stack">
${e.accounts.map(e=>this.accountNotes(e))}
${t?this.find():M}
${t&&!this.wanted?this.byArea(n):this.grid(n)}
${n.length?this.growing.end(n.length):this.nothingFound()}
</div>`}found(){let e=this.wanted.trim().toLocaleLowerCase(this.app.hass.language);return this.app.store.locks.filter(t=>`${t.name} ${t.area??``}`.toLocaleLowerCase(this.app.hass.language).includes(e))}grid(e){return z`<div class="grid">
${$(this.growing.first(e),e=>e.device_id,e=>z`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>`}byArea(e){let t=new Map;for(let n of e)t.set(n.area??``,[...t.get(n.area??``)??[],n]);let n=[...t.keys()].sort((e,t)=>Number(!e)-Number(!t)||e.localeCompare(t,this.app.hass.language)),r=this.growing.first(n.flatMap(e=>t.get(e)??[])),i=new Set(r);return z`${$(n.filter(e=>t.get(e)?.some(e=>i.has(e))),e=>e,e=>z`<section class="stack">
<h3>${e||this.t(`doors.no_area`)}</h3>
<div class="grid">
${$(t.get(e)?.filter(e=>i.has(e))??[],e=>e.device_id,e=>z`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>
</section>`)}`}find(){return z`<label class="find">${F(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`doors.find`)}
aria-label=${this.t(`doors.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}accountNotes(e){let t=()=>L(O(e.entry_id)),n=this.app.hass.user?.is_admin;if(e.state!==`ok`){let r=e.state===`keys_refused`;return T({tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:e.title}),text:this.t(r?`account.refused_text`:`account.off_text`),...n&&r?{action:{label:this.t(`account.keys_button`),run:t}}:{}})}return e.netcode.left===0&&e.may_issue?this.spent(e):M}spent(e){let{times:t,store:n,hass:r}=this.app,i=r.config.time_zone,a=()=>L(O(e.entry_id)),o=n.locks.filter(t=>t.entry_id===e.entry_id&&t.spare_until);return z`${T({tone:`warn`,icon:`calls`,title:this.t(`account.spent_title`),text:this.t(`account.spent_text`,{day:t.day(s(e.resets_at),i),time:t.time(s(e.resets_at),i)}),...r.user?.is_admin?{action:{label:this.t(`account.plan_button`),run:a}}:{}})}
${o.map(e=>T({tone:`info`,icon:`spare`,text:this.t(`account.has_spare`,{door:e.name,end:t.full(s(e.spare_until??``),e.time_zone)})}))}`}noLocks(){let e=this.app.hass.user?.is_admin?z`<button class="btn fill" @click=${()=>L(O())}>
${F(`plus`)}${this.t(`doors.add_kitlock`)}
</button>`:void 0;return z`<ha-card class="card">${E(`keypadHint`,this.t(`doors.empty_title`),this.t(`doors.empty_text`),e)}</ha-card>`}nothingFound(){let e=z`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`;return z`<ha-card class="card">${E(`find`,this.t(`find.nothing`,{text:this.wanted}),``,e)}</ha-card>`}};B(`codelocks-doors`,Gn);var Kn={},qn=ne(class extends Je{constructor(){super(...arguments),this.ot=Kn}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return We}else if(this.ot===t)return We;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),Jn=9,Yn={on:`ok`,suspended:`pause`,invited:`invited`,unknown:`help`},Xn=class extends t{constructor(...e){super(...e),this.onFocus=e=>{let t=e.target;t.matches(`td [tabindex]`)&&(e.currentTarget.querySelector(`[tabindex='0']`)?.setAttribute(`tabindex`,`-1`),t.setAttribute(`tabindex`,`0`))},this.onArrow=e=>{let t=e.target.closest(`td`),n=t?.parentElement,r=getComputedStyle(this).direction===`rtl`?-1:1,i={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-r],ArrowRight:[0,r]}[e.key],a=n?.parentElement;t&&n&&a&&i&&(e.preventDefault(),(a.rows[n.sectionRowIndex+i[0]]?.cells)?.[t.cellIndex+i[1]]?.querySelector(`[tabindex]`)?.focus())}}static{this.styles=[b,u,v,kt]}static{this.properties={...t.properties,people:{attribute:!1},doors:{attribute:!1}}}updated(){let e=this.renderRoot.querySelector(`.matrix`);e&&!e.querySelector(`[tabindex='0']`)&&e.querySelector(`tbody [tabindex]`)?.setAttribute(`tabindex`,`0`)}render(){let{people:e,doors:t}=this,n=t.length>=Jn?`many`:``,r=[this.app.words,this.app.times,JSON.stringify(t.map(e=>[e.name,!e.clients,X(this.app,e)]))];return z`<div class="scroll">
<table class="matrix" @keydown=${this.onArrow} @focusin=${this.onFocus}>
<thead>
<tr>
<th scope="col">${this.t(`people.phones`)}</th>
${t.map(e=>z`<th scope="col" class=${n}><bdi class="two">${e.name}</bdi></th>`)}
<th scope="col"><span class="vh">${this.t(`people.actions`)}</span></th>
</tr>
</thead>
<tbody>
${$(e,e=>e.email,e=>z`<tr>
${qn([...r,JSON.stringify([...e.at])],()=>this.row(e))}
</tr>`)}
</tbody>
</table>
</div>`}row(e){return z`<th scope="row">${A(e.email)}${this.everywhere(e)}</th>
${this.doors.map(t=>z`<td>${this.cell(e,t)}</td>`)}
<td>${this.more(e)}</td>`}everywhere(e){return Dt(e)?z`<br /><span class="sec">${this.t(`people.everywhere`)}</span>`:M}cell(e,t){let{email:n}=e,r=e.at.get(t.device_id);if(!r)return this.noCell(e,t);let{state:i}=r,{words:a,times:o}=this.app,s=i===`on`?St(r,a,o):i===`invited`?this.t(`people.not_accepted`):``,c=this.t(i===`invited`?`people.invited_short`:`people.${i}`),l=z`${F(Yn[i],`s`)}${c} ${s?z`<small>${s}</small>`:M}`,u=`cell ${i}`;return X(this.app,t)?W(this.t(`people.cell`,{email:n,door:t.name,state:`${c} ${s}`.trim()}),()=>Gt(this.app,t,r),{class:u,content:l,inTable:!0}):z`<span class=${u}>${l}</span>`}noCell(e,t){let{email:n}=e;return!t.clients||!X(this.app,t)?z`<span class="cell unknown">${t.clients?``:this.t(`people.unknown`)}</span>`:z`<button
class="cell no"
tabindex="-1"
aria-label=${this.t(`people.invite_to`,{email:n,door:t.name})}
@click=${()=>Z(this.app,n,[t.device_id])}>
${F(`plus`,`s`)}
</button>`}more(e){return this.doors.some(e=>X(this.app,e))?W(this.t(`codes.more`,{name:e.email}),()=>Kt(this.app,e),{class:`ib sec`,content:F(`more`),inTable:!0}):M}};B(`codelocks-matrix`,Xn);var Zn=24,Qn=12,$n=1500,er=class extends t{static{this.styles=[b,I,i,H,h,u,v,w,At]}static{this.properties={...t.properties,wanted:{state:!0},open:{state:!0},busy:{state:!0}}}constructor(){super(),this.growing=new hn(this,Qn),this.wide=matchMedia(`(min-width: 1000px)`),this.known={locks:[],people:[]},this.onInvite=()=>Z(this.app),this.onWidth=()=>this.requestUpdate(),this.wanted=``,this.open=new Set,this.busy=new Map}connectedCallback(){super.connectedCallback(),this.wide.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),this.wide.removeEventListener(`change`,this.onWidth)}render(){let{locks:e}=this.app.store,t=e.filter(e=>e.kind===`k3`),n=this.people;return z`<h2 class="vh">${this.t(`tabs.people`)}</h2>
<div class="stack wide">
${n.length?this.lead(t):M} ${this.unread(t)}
${n.length?this.found(n,t):this.nobody()}
${t.length<e.length?z`<p class="sec small">${this.t(`people.kitlocks`)}</p>`:M}
</div>
${this.floating(t)}`}get people(){let{locks:e}=this.app.store;return this.known.locks!==e&&(this.known={locks:e,people:bt(e)}),this.known.people}lead(e){let t=e=>{this.wanted=e.target.value,this.growing.reset()},n=Tt(e);return z`<div class="lead">
<label class="find">${F(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`people.find`)}
aria-label=${this.t(`people.find`)}
@input=${t}
/></label>
${e.some(e=>X(this.app,e))?z`<span class="sec not-phone">${this.n(`people.lead`,n)}</span>`:M}
</div>`}unread(e){let t=e.filter(e=>!e.clients).map(e=>e.device_id);if(!t.length)return M;let n=this.t(`people.not_read`,{doors:J(this.app,t)});return T({icon:`help`,text:n})}nobody(){let e=z`<button class="btn fill" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${F(`invite`)}${this.t(`people.invite`)}
</button>`;return z`<ha-card class="card">${E(`phone`,this.t(`people.empty_title`),this.t(`people.empty_text`),e)}</ha-card>`}found(e,t){let{people:n,doors:r}=xt(e,t,this.wanted);if(!n.length){let e=z`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`,t=this.t(`find.nothing`,{text:this.wanted});return z`<ha-card class="card">${E(`find`,t,``,e)}</ha-card>`}let i=this.wide.matches&&r.length<=Zn,a=this.growing.first(n);return z`<ha-card class="card">${i?z`<codelocks-matrix
.app=${this.app}
.people=${a}
.doors=${r}></codelocks-matrix>`:this.list(a,t)}</ha-card>
${this.growing.end(n.length)}`}list(e,t){return z`<div>
${$(e,e=>e.email,e=>{let n=t=>{let n=new Set(this.open);t.target.open?n.add(e.email):n.delete(e.email),this.open=n},r=this.open.has(e.email);return z`<details class="person" .open=${r} @toggle=${n}>
<summary class="row">
${F(`phone`)}<span class="body">${this.summary(e)}</span>${F(`down`,`turn`)}
</summary>
${r?this.opened(e,t):M}
</details>`})}
</div>`}summary(e){let{words:t,times:n}=this.app,r=[...e.at.values()],i=r.filter(e=>e.state===`on`),a=r.some(e=>e.state===`invited`),o=i.length&&i.length<r.length?`people.doors_of`:`people.doors`,s=this.n(o,r.length,{k:i.length}),c=Dt(e),l=c?``:Ct(i.length?i:r,t,n);return z`<span class="two b">${A(e.email)}</span>
<span class="sec">${l?this.t(`people.doors_hours`,{doors:s,hours:l}):s}</span>
${c||a?z`<span class="tags">${c?y(`warn`,`pause`,this.t(`people.everywhere`)):y(`info`,`invited`,this.t(`people.invited`))}</span>`:M}`}opened(e,t){let n=Kt(this.app,e),r=t.filter(t=>e.at.has(t.device_id));return z`<div class="list">${r.map(t=>this.doorRow(e,t))}</div>
${n.length?z`<div class="btns">
${n.map(e=>{let t=e.icon===`invite`?`plain`:e.bad?`plain danger`:`tonal`;return z`<button class="btn ${t}" @click=${e.run}>
${e.icon===`invite`?M:F(e.icon,`s`)}${e.label}
</button>`})}
</div>`:M}`}doorRow(e,t){let{words:n,times:r}=this.app,i=e.at.get(t.device_id),a=`${e.email} ${t.device_id}`,o=this.busy.get(a),s=o??i.state===`on`,c=z`${F($e(t))}<span class="body"><bdi>${t.name}</bdi><span class="sec">${Ot(i,n,r)}</span></span>`;return i.state!==`on`&&i.state!==`suspended`||!X(this.app,t)?z`<div class="row">${c}</div>`:z`<label class="row">${c}<input
class="switch"
type="checkbox"
role="switch"
aria-label=${t.name}
.checked=${ut(s)}
?disabled=${o!==void 0}
@change=${n=>{this.turn(a,e.email,t,n.target.checked)}}
/></label>`}async turn(e,t,n,r){this.busy=new Map(this.busy).set(e,r);let i=()=>{let t=new Map(this.busy);t.delete(e),this.busy=t},{done:a}=await(r?Vt:Bt)(this.app,[n.device_id],t);a.length?setTimeout(i,$n):i()}floating(e){return!this.people.length||!e.some(e=>this.app.store.mayIssue(e))?M:z`<button class="btn fill big fab" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${F(`invite`)}${this.t(`people.invite`)}
</button>`}get mayInvite(){return this.app.store.locks.some(e=>e.kind===`k3`&&X(this.app,e))}};B(`codelocks-people`,er);var tr=300,nr=class extends Ze{constructor(...e){super(...e),this.app=new ue,this.scrolled=new Map,this.shown=``,this.onMenu=()=>{this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))},this.onMake=()=>R(this.app),this.onBack=e=>{rr(e)&&(e.preventDefault(),this.scrolled.size>0?history.back():L(Ue(et[0]?.slug??``)))},this.onLink=e=>{rr(e)&&(e.preventDefault(),L(e.currentTarget.pathname))},this.onKey=e=>{let[t]=e.composedPath();if(!(t instanceof HTMLElement&&t.matches(`input, textarea, select`)||e.ctrlKey||e.metaKey||e.altKey||this.app.dialogs.size)){if(e.key===`n`&&this.app.ready&&this.app.store.state===`ready`)e.preventDefault(),e.stopPropagation(),this.onMake();else if(e.key===`/`){let t=this.renderRoot.querySelector(`main > :last-child`)?.shadowRoot?.querySelector(`.find input`);if(!t)return;e.preventDefault(),t.focus()}}}}static{this.styles=[b,I,i,H,v,u,_e,Xt]}static{this.properties={narrow:{type:Boolean,reflect:!0},route:{attribute:!1},waited:{state:!0}}}set hass(e){this.app.setHass(e)}connectedCallback(){super.connectedCallback(),this.app.add(this),this.app.start(),setTimeout(()=>this.waited=!0,tr),window.addEventListener(`keydown`,this.onKey)}disconnectedCallback(){super.disconnectedCallback(),this.app.stop(),this.app.remove(this),window.removeEventListener(`keydown`,this.onKey)}firstUpdated(){this.app.dialogHost=this.renderRoot}willUpdate(){if(this.path===this.shown)return;let e=document.scrollingElement;e&&this.shown&&this.scrolled.set(this.shown,e.scrollTop)}updated(){let e=this.path;if(!this.app.ready||e===this.shown)return;let t=!this.shown;this.shown=e;let{view:n}=Le(e);document.title=this.app.words.t(`tabs.${n.slug}`),document.scrollingElement?.scrollTo(0,this.scrolled.get(e)??0),t||this.renderRoot.querySelector(`h1`)?.focus({preventScroll:!0})}render(){if(!this.app.ready)return z`${this.waited?this.bones():M}`;let{view:e,id:t}=Le(this.path),n=e.icon!==null;return z`<div class=${n?`has-tabs`:``}>
${this.header(e,t)}
<main class="view">
${this.connection()} ${this.content(e.render(this.app,t))}
</main>
${te(this.app)}
</div>`}get path(){return(this.route?.path??location.pathname.slice(10))||`/`}header({slug:e,icon:t,makes:n},r){let{words:i,store:a}=this.app,o=t!==null,s=o?i.t(`page.title`):a.lock(r)?.name??i.t(`tabs.${e}`),c=a.connected&&a.locks.some(e=>a.mayIssue(e)),l=e===`people`,u=l?()=>Z(this.app):this.onMake,d=(n||l)&&a.accounts.some(e=>e.may_issue);return z`<header class="head">
${o?z`<button
class="ib"
?hidden=${!this.narrow&&this.app.hass.dockedSidebar!==`always_hidden`}
aria-label=${i.t(`page.menu`)}
@click=${this.onMenu}>
${F(`menu`)}
</button>`:z`<a
class="ib"
href=${Ue(et[0]?.slug??``)}
aria-label=${i.t(`page.back`)}
@click=${this.onBack}>${F(`back`,`flip`)}</a>`}
<h1 tabindex="-1"><bdi>${s}</bdi></h1>
${o?this.tabs(e):M}
<span class="grow"></span>
${d?z`<span class="not-phone"><button class="btn fill" ?disabled=${!c} @click=${u}>
${F(l?`invite`:`keyPlus`)}${i.t(l?`people.invite`:`make.make_one`)}
</button></span>`:M}
${this.more(e===`door`?r:``)}
</header>`}tabs(e){let{words:t}=this.app;return z`<nav class="tabs" aria-label=${t.t(`page.title`)}>
${et.map(n=>n.icon?z`<a
href=${Ue(n.slug)}
aria-current=${n.slug===e?`page`:M}
@click=${this.onLink}>${F(n.icon)}${t.t(`tabs.${n.slug}`)}</a>`:M)}
</nav>`}more(e){let{words:t,hass:n}=this.app;if(!n.user?.is_admin)return M;let r=e?`/config/devices/device/${e}`:O(),i=t.t(e?`more.device`:`more.settings`);return W(t.t(`more.label`),[{icon:`open`,label:i,run:()=>L(r)}])}connection(){let{words:e,store:t,times:n,hass:r}=this.app;if(t.connected)return M;let i=n.time(t.heardAt||this.app.now(),r.config.time_zone);return T({icon:`offline`,title:e.t(`offline.title`),text:e.t(`offline.text`,{time:i})})}content(e){let{words:t,store:n}=this.app;if(n.state===`ready`)return e;if(n.state===`loading`)return this.waited?this.bones():z``;let r=t.t(n.state===`refused`?`refused.title`:`failed.title`),i=t.t(n.state===`refused`?`refused.text`:`failed.text`);return T({tone:n.state===`failed`?`bad`:``,icon:`personOff`,title:r,text:i})}bones(){let e=z`<div class="card door-bone" aria-hidden="true">
<span class="bone r"></span><span class="bone"></span><span class="bone low"></span>
</div>`;return z`<div class="grid" aria-busy="true">${e}${e}${e}</div>`}};function rr(e){return!(e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)&&e.button===0}B(`codelocks-panel`,nr);