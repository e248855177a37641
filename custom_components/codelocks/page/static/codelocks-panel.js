import{$ as e,A as t,At as n,Bt as r,C as i,Ct as a,D as o,E as s,Et as c,F as l,Ft as u,G as d,Gt as f,H as p,Ht as m,I as h,It as g,J as _,K as ee,Kt as v,L as te,Lt as y,M as ne,Mt as re,N as b,Nt as ie,O as ae,Ot as oe,P as se,Pt as x,Q as ce,R as le,Rt as S,S as ue,St as C,T as de,Tt as fe,U as w,Ut as pe,V as me,Vt as he,W as ge,Wt as _e,X as ve,Y as ye,Z as be,_t as T,a as xe,at as Se,bt as Ce,ct as we,d as Te,dt as E,et as D,f as Ee,ft as De,gt as Oe,ht as O,i as ke,it as Ae,j as k,jt as je,k as Me,kt as Ne,l as Pe,lt as A,mt as j,n as Fe,nt as Ie,o as M,ot as Le,p as Re,pt as ze,q as Be,r as Ve,rt as He,s as Ue,st as N,t as We,tt as P,u as Ge,vt as F,w as Ke,wt as qe,x as Je,xt as I,y as Ye,yt as L,z as R,zt as z}from"./codelocks-shared.js";var B=8,Xe=144,Ze=600;function Qe(e){let t=e.currentTarget.closest(`details`);t&&(t.open=!1)}function $e(e){let t=e.currentTarget;t.contains(e.relatedTarget)||(t.open=!1)}function et(e){let t=e.currentTarget;if(!t.open)return;let n=[...t.querySelectorAll(`.pop button`)],r=n.findIndex(e=>e.matches(`:focus`)),i={ArrowDown:1,ArrowUp:-1}[e.key];if(i)n.at((r+i)%n.length)?.focus();else if(e.key===`Escape`)t.open=!1,t.querySelector(`summary`)?.focus();else return;e.preventDefault(),e.stopPropagation()}function tt(e,t){t.style.inset=`0 auto auto 0`;let n=t.getBoundingClientRect(),r=e.getBoundingClientRect(),i=getComputedStyle(e).direction===`rtl`?r.left:r.right-n.width,a=innerWidth-n.width-B,o=innerWidth<Ze?Xe:B,s=r.bottom+n.height+o<innerHeight||r.top<innerHeight/3,c=Math.max(B,Math.min(i,a))-n.left,l=(s?r.bottom:Math.max(B,r.top-n.height))-n.top;t.style.inset=`${l}px auto auto ${c}px`,addEventListener(`scroll`,()=>{e.open=!1},{capture:!0,once:!0})}var nt={class:`ib sec`,content:r(`more`)};function rt(e){return(typeof e==`function`?e():e).map(e=>f`<button
role="menuitem"
class=${e.bad?`bad`:``}
@click=${t=>{Qe(t),e.run()}}
>
${r(e.icon,`s`)}${e.label}
</button>`)}function V(e,t,n=nt){return f`<details
class="menu-at"
@focusout=${$e}
@keydown=${et}
@toggle=${e=>{let n=e.currentTarget,r=n.querySelector(`.pop`);r&&(pe(n.open?rt(t):m,r),n.open&&tt(n,r))}}
>
<summary
class=${n.class}
aria-label=${e||m}
aria-haspopup="menu"
tabindex=${n.inTable?`-1`:m}
>
${n.content}
</summary>
<div class="pop" role="menu"></div>
</details>`}var it=new Intl.Collator(`en`,{numeric:!0});function at(e){let t=new Map;for(let n of e)for(let e of n.clients??[]){let r=t.get(e.email)??new Map;t.set(e.email,r.set(n.device_id,e))}return[...t].map(([e,t])=>({email:e,at:t})).sort((e,t)=>it.compare(e.email,t.email))}function ot(e,t,n){let r=n.trim().toLowerCase();if(!r)return{people:e,doors:t};let i=t.filter(e=>e.name.toLowerCase().includes(r)),a=e.filter(e=>e.email.includes(r));if(a.length||!i.length)return{people:a,doors:t};let o=i.map(e=>e.device_id);return{people:e.filter(e=>o.some(t=>e.at.has(t))),doors:i}}function st(e,t,n){if(ye(e.active_periods))return t.t(`door.always`);let[r,i]=N(e.active_periods);return!r||i?t.t(`people.own_hours`):t.t(`people.short_hours`,{days:Be(r.days,t,n),start:n.hour(r.from),end:n.hour(r.to)})}function ct(e,t,n){let[r]=e;if(!r)return``;let i=t.t(`people.own_hours`);return e.every(e=>A(e.active_periods)===A(r.active_periods))&&(ye(r.active_periods)||N(r.active_periods).length===1)?_(r.active_periods,t,n):i}var lt=50;function H(e,t=!1){return e.reduce((e,{clients:n})=>{let r=n?Math.max(1,Math.ceil(n.length/lt)):0;return e+1+r*(t?2:1)},0)}function ut(e){let t=new Map;for(let n of e)for(let e of n.at.values()){if(ye(e.active_periods)||!N(e.active_periods).length)continue;let n=A(e.active_periods),r=t.get(n);r?r.count+=1:t.set(n,{client:e,count:1})}return[...t.values()].sort((e,t)=>t.count-e.count).map(({client:e})=>e)}var dt=e=>[...e.at.values()].every(e=>e.state===`suspended`);function ft(e,t,n){if(e.state!==`on`)return t.t(`people.${e.state}`);let r=_(e.active_periods,t,n);return r?t.t(`people.on_hours`,{hours:r}):t.t(`people.on`)}var pt=v`:host{border-radius:var(--ha-card-border-radius,12px)}.scroll{position:relative;overflow-x:auto;scroll-padding-inline:240px 64px;border-radius:inherit}.matrix{width:100%;border-collapse:collapse;table-layout:fixed}.matrix th{font-weight:500;line-height:20px;padding:12px 4px;overflow-wrap:anywhere}.matrix th .sec{font-weight:400}.matrix th:first-child{width:26%;min-width:200px;padding-inline:16px 8px;text-align:start;position:sticky;inset-inline-start:0;z-index:1;background:var(--cl-card)}.matrix .many{width:124px}.matrix th:first-child:has(~ .many){width:240px}.matrix th:last-child{width:64px}.matrix :is(th,td):last-child{position:sticky;inset-inline-end:0;background:var(--cl-card)}.matrix td:has([open]){z-index:2}.matrix tbody :is(th,td){height:72px;border-block-start:1px solid var(--divider-color)}.matrix td{padding:4px;text-align:center}.matrix .menu-at{display:block}.matrix td:last-child .ib{margin-inline:auto}.cell{display:inline-grid;justify-items:center;align-content:center;width:100%;min-height:64px;padding:2px;border:0;border-radius:8px;background:none;font:500 12px/16px var(--cl-font);color:var(--cl-on-ok);overflow-wrap:anywhere}:is(button,summary).cell{cursor:pointer}:is(button,summary).cell:hover{background:color-mix(in srgb,currentColor 8%,transparent)}.cell small{font-size:12px;font-weight:400;color:var(--secondary-text-color)}.cell.suspended{color:var(--cl-on-warn)}.cell.invited{color:var(--cl-on-tonal)}.cell:is(.unknown,.no){color:var(--secondary-text-color)}.cell:focus-visible{outline-offset:-2px}`,mt=v`.person + .person{border-block-start:1px solid var(--divider-color)}.person > summary.row{grid-template-columns:24px minmax(0,1fr) 48px}.person > summary .turn{justify-self:center;color:var(--secondary-text-color)}.person summary:focus-visible{outline-offset:-2px}.person > .list{border-block-start:1px solid var(--divider-color)}.person .list > .row{content-visibility:auto;contain-intrinsic-size:auto 56px;min-height:56px;padding-block:4px}.person > .btns{padding:8px;border-block-start:1px solid var(--divider-color)}.person > .btns > .plain{order:1}.switch{appearance:none;position:relative;width:52px;height:32px;margin:8px;flex:none;border-radius:16px;border:2px solid var(--secondary-text-color);cursor:pointer}.switch::after{content:"";position:absolute;inset-block-start:6px;inset-inline-start:6px;width:16px;height:16px;border-radius:50%;background:var(--secondary-text-color)}.switch:checked{background:var(--cl-primary-fill);border-color:var(--cl-primary-fill)}.switch:checked::after{inset-inline-start:24px;width:20px;height:20px;inset-block-start:4px;background:#fff}.switch:disabled{opacity:0.6;cursor:default}@media (forced-colors:active){.switch:checked::after{background:Highlight}}`,ht=v`:host{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}.week{display:grid;grid-template-columns:44px minmax(0,1fr);row-gap:6px;align-items:center}.bar{position:relative;height:32px;border-radius:4px;background:repeating-linear-gradient(to right,var(--divider-color) 0 1px,transparent 1px 25%),var(--input-fill-color,color-mix(in srgb,var(--primary-text-color) 5%,transparent));direction:ltr}.bar > span{position:absolute;top:4px;bottom:4px;border-radius:4px;background:var(--cl-primary-fill);color:#fff;font-size:12px;line-height:24px;padding-inline:8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.axis{display:flex;justify-content:space-between;font-size:12px;color:var(--secondary-text-color);direction:ltr}.period{display:grid;grid-template-columns:minmax(0,1fr) auto auto 48px;gap:8px 16px;align-items:center;padding-block:12px}.period + .period{border-block-start:1px solid var(--divider-color)}.field select{width:112px;padding-inline:12px}.period > p{grid-column:1 / -1}.days{display:flex;gap:4px;flex-wrap:wrap}.day{position:relative;min-width:40px;height:40px;display:grid;place-items:center;border-radius:20px;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);font-size:12px;font-weight:500;padding-inline:4px;cursor:pointer}.day input{position:absolute;inset:0;margin:0;width:100%;height:100%;opacity:0;cursor:pointer}.day:has(:checked){background:var(--cl-primary-fill);border-color:var(--cl-primary-fill);color:#fff}.day:has(:focus-visible){outline:2px solid var(--cl-primary-text);outline-offset:2px}.btns{align-items:center}[role="alert"]{color:var(--cl-on-bad)}@media (max-width:599px){.period{grid-template-columns:1fr 1fr 48px}.days{grid-column:1 / -1}.field select{width:100%}.day{flex:1;min-width:36px;height:48px;border-radius:12px}.bar > span{font-size:11px;padding-inline:4px}}@media (forced-colors:active){.bar > span,.day:has(:checked){border:2px solid CanvasText}}`,gt=15,_t=300,vt={days:D.slice(0,5),from:540,to:1020},yt=class extends y{static{this.styles=[I,h,F,T,ht]}static{this.properties={...y.properties,hours:{attribute:!1},off:{attribute:!1},trouble:{state:!0}}}constructor(){super(),this.change=()=>void 0,this.off=!1,this.trouble=``}render(){let{schedule:e,rows:t}=this.hours;return f`${this.picture()}
<div>
${e===null?t.map((e,t)=>this.row(e,t)):this.helper(e)}
<div class="btns">${e===null?this.add():m}${this.helpers()}</div>
${this.trouble?f`<p role="alert">${this.trouble}</p>`:m}
</div>`}get days(){let e=this.app.times.firstDay();return D.map((t,n)=>(e+n)%7)}picture(){let{times:t,words:n}=this.app,r=Ie(this.hours.rows),i=_(Le(this.hours.rows.filter(Se)),n,t);return f`<div class="week" role="img" aria-label=${i||this.t(`hours.never`)}>
${this.days.map(n=>f`<span class="sec">${t.weekdayName(n)}</span>
<div class="bar">
${(r[n]??[]).map(([n,r])=>{let i=t=>t/e*100,a=`left:${i(n)}%;width:${i(r-n)}%`,o=r-n<_t?`hour`:`dayMinute`,[s,c]=[t[o](n),t[o](r)];return f`<span style=${a}>${this.t(`time.window`,{start:s,end:c})}</span>`})}
</div>`)}
<span></span>
<div class="axis">
${[0,6,12,18,24].map(e=>f`<span>${t.dayMinute(e*60)}</span>`)}
</div>
</div>`}row(e,t){let{times:n,words:i}=this.app,a=Be(e.days,i,n);return f`<div class="period">
<div class="days" role="group" aria-label=${this.t(`hours.days`)}>
${this.days.map(n=>this.day(e,t,n))}
</div>
${this.time(e,t,`from`)}${this.time(e,t,`to`)}
<button
class="ib sec"
aria-label=${`${this.t(`hours.remove`)}: ${a}`}
?disabled=${this.off}
@click=${()=>this.set(this.hours.rows.filter((e,n)=>n!==t))}
>
${r(`delete`)}
</button>
${this.hint(e)}
</div>`}hint(e){let t=e.days.length?e.from===e.to?`hours.no_time`:Ae(e)?`hours.next_day`:``:`hours.no_days`;return t?f`<p class="small sec" role="status">${this.t(t)}</p>`:m}day(e,t,n){let r=D[n];return f`<label class="day"
><input
type="checkbox"
.checked=${e.days.includes(r)}
?disabled=${this.off}
@change=${n=>{let{checked:i}=n.target,a=D.filter(t=>t===r?i:e.days.includes(t));this.put(t,{...e,days:a})}}
/>${this.app.times.weekdayName(n)}</label
>`}time(t,n,r){let i=e=>{this.put(n,{...t,[r]:Number(e.target.value)})},a=r===`from`?0:gt,o=Array.from({length:e/gt},(e,t)=>a+t*gt),s=o.includes(t[r])?o:[...o,t[r]].sort((e,t)=>e-t);return f`<label class="field"
><span>${this.t(`make.${r}`)}</span
><select ?disabled=${this.off} @change=${i}>
${s.map(e=>f`<option value=${e} .selected=${e===t[r]}>
${this.app.times.dayMinute(e)}
</option>`)}
</select></label
>`}add(){let e=Le(this.hours.rows).length>=10;return f`<button
class="btn plain"
?disabled=${this.off||e}
@click=${()=>this.set([...this.hours.rows,vt])}
>
${r(`plus`,`s`)}${this.t(`hours.add`)}
</button>`}helpers(){let{states:e,language:t}=this.app.hass,n=Object.values(e).filter(e=>e.entity_id.startsWith(`schedule.`)).sort((e,n)=>R(e).localeCompare(R(n),t));return!n.length||this.off?m:V(``,n.map(e=>({icon:`schedule`,label:R(e),run:()=>void this.take(e.entity_id,R(e))})),{class:`btn plain`,content:f`${r(`schedule`,`s`)}${this.t(`hours.helper`)}`})}helper(e){let t=this.app.hass.states[e],n=t?R(t):e;return f`<p>${this.t(`hours.as_helper`,{name:n})}</p>`}async take(e,t){try{let r=we(await n(this.app.hass,e));this.trouble=r.length?``:this.t(`hours.helper_empty`,{name:t});let i=r.length>10;r.length&&this.change({rows:r,schedule:i?e:null})}catch(e){this.trouble=c(e)||this.t(`hours.helper_empty`,{name:t})}}put(e,t){this.set(this.hours.rows.map((n,r)=>r===e?t:n))}set(e){this.trouble=``,this.change({rows:e,schedule:null})}};z(`codelocks-week`,yt);var bt=class extends j{static{this.styles=[j.styles]}static{this.properties={...j.properties,hours:{state:!0},busy:{state:!0},trouble:{state:!0}}}constructor(){super(),this.email=``,this.ids=[],this.changed=!1,this.differ=!1,this.hours={rows:[],schedule:null},this.busy=!1,this.trouble=``,this.widest=!0}begin(){let e=W(this.app,this.ids).flatMap(e=>{let t=e.clients?.find(e=>e.email===this.email);return t?[t.active_periods]:[]});this.differ=new Set(e.map(A)).size>1,this.hours={rows:N(e[0]??[]),schedule:null}}render(){return this.frame(this.t(`hours.title`,{email:this.email}),this.main(),this.foot())}main(){return f`<p class="sec">
${this.t(`hours.lead`,{doors:G(this.app,this.ids)})}
</p>
${this.differ?u({tone:`info`,icon:`hours`,text:this.t(`hours.differ`)}):m}
<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${e=>{this.changed=!0,this.trouble=``,this.hours=e}}
></codelocks-week>`}foot(){let e=He(this.hours),t=this.t(`people.takes`,{n:H(W(this.app,this.ids),!0),left:Ct(this.app,this.ids)}),n=e===null?``:this.n(`hours.count`,10,{k:e}),r=P(this.hours)!==null&&this.app.store.connected&&!this.busy;return f`${this.trouble?u({tone:`bad`,icon:`alert`,text:this.trouble}):m}
<div class="btns">
<span class="sec small said" role="status">${n} ${t}</span>
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button class="btn fill" ?disabled=${!r} @click=${()=>void this.save()}>
${this.n(`hours.save`,this.ids.length)}
</button>
</div>`}get dirty(){return this.changed||this.busy}get leaving(){return this.t(`hours.leave`)}async save(){let e=P(this.hours);if(!e||this.busy)return;this.busy=!0;let{app:t,email:n,ids:r}=this,i=await U(t,`update_client`,r,n,e);this.busy=!1,!this.isConnected||!i.failed.length?(this.isConnected&&t.dialogs.close(this),K(t,i,t.words.n(`hours.saved`,i.done.length,{email:n}))):(this.trouble=[St(t,i),...i.notes].join(` `),this.ids=i.failed.map(e=>e.id))}};z(`codelocks-hours`,bt);function xt(e,t,n){O(`codelocks-hours`,e,{email:t,ids:n},e=>e.begin())}async function U(e,t,n,r,i={}){try{let{results:a}=await je(e.hass,t,n,r,i);return{done:a.filter(e=>e.ok).map(e=>e.device_id),failed:a.filter(e=>!e.ok).map(e=>({id:e.device_id,error:e.result})),notes:a.flatMap(e=>e.note??[])}}catch(t){let r=fe(t)?e.words.t(`people.lost`):c(t);return{done:[],failed:n.map(e=>({id:e,error:r})),notes:[]}}}var W=(e,t)=>t.flatMap(t=>e.store.lock(t)??[]),G=(e,t)=>e.words.list(W(e,t).map(e=>e.name));function St(e,{done:t,failed:n}){return[...new Set(n.map(e=>e.error))].map((r,i)=>{let a=G(e,n.filter(e=>e.error===r).map(e=>e.id));return t.length&&i===0?e.words.t(`people.partly`,{doors:G(e,t),door:a,error:r}):e.words.t(`people.not_changed`,{door:a,error:r})}).join(` `)}function Ct(e,t){let n=new Set(W(e,t).map(e=>e.entry_id));return e.store.accounts.filter(e=>n.has(e.entry_id)).reduce((e,t)=>e+t.utility.left,0)}function K(e,t,n,r){let i=St(e,t),a=[i||n,...t.notes].join(` `),o=r&&t.done.length?{label:e.words.t(`people.restore`),run:r}:null;a&&e.tell({text:a,...i?{tone:`bad`}:{},...o?{action:o}:{}})}async function wt(e,t,n){let r=await U(e,`suspend_client`,t,n),{done:i}=r;return K(e,r,e.words.n(`people.suspended_at`,i.length,{email:n}),()=>void q(e,i,n)),r}async function q(e,t,n){let r=await U(e,`restore_client`,t,n);return K(e,r,e.words.n(`people.restored_at`,r.done.length,{email:n})),r}function Tt(e,t,n){let{words:r}=e,i=async()=>{let i=await U(e,`delete_client`,t,n);K(e,i,r.n(`people.deleted_at`,i.done.length,{email:n}))};O(`codelocks-ask`,e,{asked:{title:r.n(`people.delete_title`,t.length,{email:n}),text:r.t(`people.delete_text`,{doors:G(e,t),n:H(W(e,t))}),confirm:r.t(`people.delete_button`),run:()=>void i()}})}var Et=e=>e.state!==`suspended`,Dt=e=>e.state===`suspended`||e.state===`unknown`,J=(e,t)=>e.store.connected&&e.store.mayIssue(t);function Ot(e,t,n){let{words:r}=e;if(!J(e,t))return[];let{email:i}=n,a=[t.device_id];return[{icon:`hours`,label:r.t(`people.hours`),run:()=>xt(e,i,a)},...Et(n)?[{icon:`pause`,label:r.t(`people.suspend`),run:()=>void wt(e,a,i)}]:[],...Dt(n)?[{icon:`phone`,label:r.t(`people.restore`),run:()=>void q(e,a,i)}]:[],{icon:`delete`,label:r.t(`people.delete`),run:()=>Tt(e,a,i),bad:!0}]}function kt(e,t){let{words:n}=e,{email:r}=t,i=[...t.at].filter(([t])=>{let n=e.store.lock(t);return n&&J(e,n)});if(!i.length)return[];let a=i.map(([e])=>e),o=i.filter(([,e])=>Et(e)).map(([e])=>e),s=i.filter(([,e])=>Dt(e)).map(([e])=>e);return[{icon:`hours`,label:n.t(`people.hours`),run:()=>xt(e,r,a)},{icon:`invite`,label:n.t(`people.invite_other`),run:()=>Y(e,r)},o.length?{icon:`pause`,label:n.t(`people.suspend_all`),run:()=>void wt(e,o,r)}:{icon:`phone`,label:n.t(`people.restore_all`),run:()=>void q(e,s,r)},{icon:`delete`,label:n.t(`people.delete`),run:()=>Tt(e,a,r),bad:!0}]}var At=/^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$/,jt=3,Mt=class extends j{static{this.styles=[j.styles,l,h,te]}static{this.properties={...j.properties,email:{state:!0},chosen:{state:!0},hours:{state:!0},editing:{state:!0},once:{state:!0},busy:{state:!0},trouble:{state:!0},wanted:{state:!0}}}constructor(){super(),this.doors=[],this.presets=[],this.given=``,this.email=``,this.chosen=new Set,this.hours={rows:ce,schedule:null},this.editing=!1,this.once=!1,this.busy=!1,this.trouble=``,this.wanted=``}begin(e,t){let n=e.store.locks.filter(t=>t.kind===`k3`&&e.store.mayIssue(t)),r=n.map(e=>e.device_id);this.given=this.email;let i=t.length||r.length>1?t:r;this.chosen=new Set(i.filter(e=>r.includes(e))),this.doors=[...this.chosen,...r.filter(e=>!this.chosen.has(e))];let a=at(n),o=(t,n)=>N(t).length===1?_(t,e.words,e.times):e.words.t(`invite.as`,{email:n});this.presets=[{label:e.words.t(`invite.always`),hours:this.hours},...ut(a).slice(0,jt).map(e=>({label:o(e.active_periods,e.email),hours:{rows:N(e.active_periods),schedule:null}}))]}render(){return this.frame(this.t(`people.invite`),this.main(),this.foot())}main(){return f`<label class="field"
><span>${this.t(`invite.email`)}</span
><input
type="email"
autocomplete="off"
maxlength="254"
.value=${this.email}
?disabled=${this.busy}
@input=${e=>{this.email=e.target.value,this.trouble=``}}
/></label>
${Ke(this.app,{doors:this.doors,chosen:this.chosen,most:this.doors.length,wanted:this.wanted,off:this.busy,hint:m,choose:e=>{this.chosen=e,this.trouble=``},find:e=>{this.wanted=e}})}
${this.when()} ${this.opens()}`}when(){let e=(e,t)=>{this.hours=e,this.editing=t};return f`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`people.hours`)}</legend>
<div class="chips">
${this.presets.map(({label:t,hours:n})=>i(`radio`,`hours`,t,!this.editing&&this.hours===n,()=>e(n,!1)))}
${i(`radio`,`hours`,this.t(`invite.other`),this.editing,()=>e(this.hours,!0))}
</div>
</fieldset>
${this.editing?f`<codelocks-week
.app=${this.app}
.hours=${this.hours}
.off=${this.busy}
.change=${t=>e(t,!0)}
></codelocks-week>`:m}`}opens(){let e=(e,t)=>i(`radio`,`often`,this.t(e),this.once===t,()=>{this.once=t});return f`<fieldset ?disabled=${this.busy}>
<legend>${this.t(`make.opens_how`)}</legend>
<div class="chips">${e(`make.often`,!1)}${e(`make.once`,!0)}</div>
</fieldset>`}get address(){return this.email.trim().toLowerCase()}get ids(){return this.doors.filter(e=>this.chosen.has(e)&&!this.isAt(e))}isAt(e){return(this.app.store.lock(e)?.clients??[]).some(e=>e.email===this.address)}foot(){let{ids:e}=this;return f`${this.trouble?u({tone:`bad`,icon:`alert`,text:this.trouble}):m}
<div class="preview" role="status">
${r(`message`)}
<div>${this.preview(e)}</div>
</div>
<div class="btns">
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button
class="btn fill"
?disabled=${!this.mayInvite(e)}
@click=${()=>void this.invite(e)}
>
${this.n(`invite.button`,Math.max(1,e.length))}
</button>
</div>`}mayInvite(e){let{connected:t}=this.app.store;return At.test(this.address)&&e.length>0&&P(this.hours)!==null&&t&&!this.busy}preview(e){let{app:t}=this,n=this.doors.filter(e=>this.chosen.has(e)&&this.isAt(e)),r=He(this.hours),i=[...n.length?[this.t(`invite.already`,{email:this.address,doors:G(t,n)})]:[],...this.editing&&r!==null?[this.n(`hours.count`,10,{k:r})]:[],...e.length?[this.t(`invite.opens`),this.t(`people.takes`,{n:H(W(t,e)),left:Ct(t,e)})]:[]].join(` `);if(!At.test(this.address))return f`<span class="sec">${this.t(`invite.no_email`)}</span>`;let a=e.length?this.t(`invite.goes`,{email:this.address}):n.length?``:this.t(`make.choose_door`);return f`${a?f`<span class="b">${S(a)}</span><br />`:m}<span
class="sec"
>${i}</span
>`}get dirty(){return this.busy||this.email!==this.given}get leaving(){return this.t(`invite.leave`)}firstFocus(){let e=this.email&&!this.chosen.size;return this.renderRoot.querySelector(e?`.chip input`:`.field input`)}async invite(e){let t=P(this.hours);if(!t||!this.mayInvite(e))return;this.busy=!0;let{app:n,address:r}=this,i=this.hours.rows===ce,a=await U(n,`add_client`,e,r,{access_type:this.once?`one_time`:`standard`,...i?{}:t});this.busy=!1,!this.isConnected||!a.failed.length?(this.isConnected&&n.dialogs.close(this),K(n,a,n.words.n(`invite.done`,a.done.length,{email:r}))):(this.trouble=[St(n,a),...a.notes].join(` `),this.chosen=new Set(a.failed.map(e=>e.id)))}};z(`codelocks-invite`,Mt);function Y(e,t=``,n=[]){e.store.locks.some(t=>t.kind===`k3`&&e.store.mayIssue(t))&&e.store.connected&&O(`codelocks-invite`,e,{email:t},t=>t.begin(e,n))}var Nt=v`:host{min-height:100vh;background:var(--primary-background-color)}.head{position:sticky;top:0;z-index:5;height:var(--header-height,56px);display:flex;align-items:center;gap:8px;padding-inline:16px 12px;background:var(--app-header-background-color);color:var(--app-header-text-color,var(--primary-text-color));border-block-end:var(--app-header-border-bottom,1px solid var(--divider-color))}.head h1{font-size:20px;font-weight:400;line-height:28px;margin:0 8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}h1:focus-visible{outline-offset:-2px}.ib[hidden]{display:none}.grow{flex:1}.tabs{display:flex;align-self:stretch;margin-inline-start:16px}.tabs a{display:flex;align-items:center;justify-content:center;gap:8px;padding-inline:16px;color:var(--secondary-text-color);font-weight:500;text-decoration:none;border-block:2px solid transparent}.tabs a .i{display:none}.tabs a[aria-current]{color:var(--cl-primary-text);border-block-end-color:var(--cl-primary-text)}.tabs a:focus-visible{outline-offset:-2px}.door-bone{display:grid;gap:12px;padding:16px;min-height:200px;align-content:start}.bone.low{width:60%}@media (max-width:999px){.head{padding-inline:4px}}@media (max-width:599px){.tabs{position:fixed;z-index:6;inset-inline:0;bottom:0;height:64px;margin:0;background:var(--app-header-background-color);border-block-start:1px solid var(--divider-color)}.tabs a{flex:1 1 0;min-width:0;flex-direction:column;gap:2px;padding:0;font-size:12px;border:0}.tabs a .i{display:block}.has-tabs .view{padding-block-end:152px}.has-tabs .toast{bottom:80px}}`,X=e=>typeof e==`string`&&e?e:null;async function Pt(e,t,n,r){return Ft((await e.callWS({type:`history/history_during_period`,start_time:new Date(n).toISOString(),end_time:new Date(r+1728e5).toISOString(),entity_ids:[t],minimal_response:!1,no_attributes:!1,significant_changes_only:!1,include_start_time_state:!1}))[t]??[],n,r)}function Ft(e,t,n){let r=new Map;for(let{a:i}of e){let e=Date.parse(X(i?.time)??``);!i||Number.isNaN(e)||e<t||e>=n||r.set(`${String(i.entry_id)} ${e}`,{time:e,type:X(i.event_type)??`other`,text:X(i.text),name:X(i.name)})}return[...r.values()].sort((e,t)=>t.time-e.time)}var It=6e5,Lt=class extends y{static{this.styles=[I,M,a,l,h,Ce]}static{this.properties={...y.properties,lock:{attribute:!1},day:{state:!0},date:{state:!0},entries:{state:!0},failed:{state:!0},reading:{state:!0},told:{state:!0}}}constructor(){super(),this.loaded=``,this.day=`today`,this.date=``,this.entries=null,this.failed=!1,this.reading=!1,this.told=``}willUpdate(e){if(e.has(`lock`)){let t=e.get(`lock`);t&&t.device_id!==this.lock.device_id&&(this.told=``)}let t=[this.lock.device_id,this.dayAt,this.lock.last_activity,this.app.store.connected].join(`|`);t!==this.loaded&&this.app.store.connected&&(this.loaded=t,this.load(t))}render(){return f`<ha-card class="card">
<header><h2>${this.t(`door.happened`)}</h2></header>
<div class="days-of">${this.days()}</div>
${this.list()} ${this.explain()} ${this.foot()}
</ha-card>`}get dayAt(){let{now:e,zone:t}={now:this.app.now(),zone:this.lock.time_zone},n=De(e,t);return this.day===`other`&&this.date?Date.parse(`${this.date}T00:00Z`)/864e5:this.day===`yesterday`?n-1:n}days(){let e=e=>f`<label
><input
type="radio"
name="day"
.checked=${this.day===e}
@change=${()=>this.choose(e)}
/>${this.t(`door.day_${e}`)}</label
>`,t=Ye(this.app.now(),this.lock.time_zone).date;return f`<div class="seg" role="radiogroup" aria-label=${this.t(`door.day`)}>
${e(`today`)}${e(`yesterday`)}${e(`other`)}
</div>
${this.day===`other`?f`<label class="field"
><span>${this.t(`door.day`)}</span
><input
type="date"
max=${t}
.value=${this.date}
@change=${e=>this.date=e.target.value}
/></label>`:m}`}list(){let{words:e,times:t}=this.app;if(this.failed){let e={label:this.t(`make.try_again`),run:()=>void this.load(this.loaded)};return f`<div class="pad">
${u({tone:`bad`,icon:`alert`,text:this.t(`door.no_history`),action:e})}
</div>`}return this.entries?this.entries.length?f`<ol class="time">
${this.entries.map(n=>f`<li>
<span class="num">${t.time(n.time,this.lock.time_zone)}</span>${r(ke(n),n.type===`denied`?`bad`:``)}
<div>${S(xe(n,e))}</div>
</li>`)}
</ol>`:f`<p class="none sec">${this.t(`door.nothing`)}</p>`:f`<div class="pad" aria-busy="true"></div>`}explain(){let{times:e}=this.app,{lock:t}=this,n=t.time_zone,r=e.zoneName(n);return f`<p class="sec small explain">
${r?this.t(`door.times_zone`,{zone:r}):this.t(`door.times`)}
${t.read_at?this.t(`door.read_at`,{time:e.end(E(t.read_at),n)}):m}
${t.next_read_at?this.t(`door.next_read`,{time:e.end(E(t.next_read_at),n)}):this.t(`door.how_news`)}
</p>`}foot(){let{lock:e,app:t}=this,n=t.store.account(e.entry_id);if(!e.read_calls||!n||!t.hass.user?.is_admin)return m;let i=e.read_at?E(e.read_at)+It:0,a=i>t.now(),o=a?this.n(`door.fresh`,Math.max(1,Math.floor((t.now()-i+It)/6e4)),{time:t.times.time(i,e.time_zone)}):this.t(`door.read_price`,{n:e.read_calls,left:n.utility.left});return f`<div class="foot">
<button
class="btn plain"
?disabled=${a||this.reading||!t.store.connected||n.state!==`ok`}
@click=${()=>void this.read()}
>
${r(`refresh`,`s`)}${this.t(`door.read_now`)}
</button>
<span class="sec small price" role="status">${this.told} ${o}</span>
</div>`}choose(e){this.day=e,e===`other`&&!this.date&&(this.date=Ye(this.app.now()-1728e5,this.lock.time_zone).date)}async load(e){let{entity:t,zone:n}={entity:this.lock.entities.activity,zone:this.lock.time_zone};if(!t)return;let[r,i]=[ze(this.dayAt,0,n),ze(this.dayAt+1,0,n)];try{let n=await Pt(this.app.hass,t,r,i);if(e!==this.loaded)return;this.entries=n,this.failed=!1}catch{e===this.loaded&&(this.failed=!0)}}async read(){let e=this.lock.last_activity;this.reading=!0,this.told=``;try{await oe(this.app.hass,this.lock.device_id),await new Promise(e=>setTimeout(e,1200));let t=this.app.store.lock(this.lock.device_id)?.last_activity??null;this.told=t===e?this.t(`door.nothing_new`):this.t(`door.news_came`)}catch(e){this.app.tell({tone:`bad`,text:c(e)})}finally{this.reading=!1}}};z(`codelocks-timeline`,Lt);var Rt=class extends j{constructor(...e){super(...e),this.ids=[]}static{this.styles=[j.styles,L]}render(){return this.frame(this.t(`send.button`),Ge(this.app,this.ids,()=>``,this),f`<div class="btns">
<button class="btn tonal" @click=${this.close}>${this.t(`dialog.done`)}</button>
</div>`)}};z(`codelocks-send`,Rt);function zt(e,t){O(`codelocks-send`,e,{ids:t})}async function Bt(e,t){try{return(await Ne(e.hass,t)).netcode}catch(t){return e.tell({tone:`bad`,text:c(t)||e.words.t(`codes.not_shown`)}),null}}async function Vt(e,t){let n=Bt(e,t.id),r=await Je(n.then(e=>e??Promise.reject(Error(`none`)))),i=r?null:await n;r||i&&await ue(i)?e.tell({tone:`ok`,text:e.words.t(`result.copied`)}):i&&e.tell({tone:`bad`,text:e.words.t(`codes.not_copied`)})}function Ht(e,t){let{words:n,times:r,store:i}=e,a=i.lock(t.device_id)?.time_zone??e.hass.config.time_zone,o=t.name??n.t(`codes.nameless`);O(`codelocks-ask`,e,{asked:{title:n.t(`codes.withdraw_title`,{name:o}),text:n.t(`codes.withdraw_text`,{door:t.lock_name,end:r.moment(E(t.end),a)}),confirm:n.t(`codes.withdraw_button`),run:()=>{re(e.hass,[t.id]).catch(t=>e.tell({tone:`bad`,text:c(t)}))}}})}function Ut(e,t,n){let{words:r,store:i}=e,a=i.lock(t.device_id),o=a!==void 0&&i.mayIssue(a),s=[{icon:`eye`,label:r.t(`codes.show`),run:n},{icon:`copy`,label:r.t(`codes.copy`),run:()=>void Vt(e,t)},{icon:`send`,label:r.t(`send.button`),run:()=>zt(e,[t.id])}];return o&&s.push({icon:`keyPlus`,label:r.t(`codes.again`),run:()=>Ue(e,t.device_id,t.name??``)}),o&&t.state!==`withdrawn`&&s.push({icon:`blocked`,label:r.t(`codes.withdraw`),run:()=>Ht(e,t),bad:!0}),s}var Wt=class extends y{constructor(...e){super(...e),this.held=new Te(this)}static{this.styles=[I,M,a,L,F,T,Oe]}static{this.properties={...y.properties,lock:{attribute:!1}}}render(){let{lock:e,app:t}=this,n=t.now(),r=t.store.codesOf(e.device_id),i=be(e,n),a=[...ee(r,n).map(e=>this.code(e,!0)),...i.now.map(e=>this.phone(e))],o=[...i.later.filter(e=>e.state===`on`).map(e=>this.phone(e)),...d(r,n).map(e=>this.code(e,!1)),...this.visits().map(([e,t])=>this.visit(e,t)),...i.later.filter(e=>e.state!==`on`).map(e=>this.phone(e))];return f`<ha-card class="card">
<header><h2>${this.t(`door.who`)}</h2></header>
${this.group(`door.now`,a.length?a:[f`<p class="none sec">${this.t(`doors.nobody`)}</p>`])}
${this.group(`door.later`,o)}
${this.group(`door.not`,i.not.map(e=>this.phone(e)))} ${this.invite()}
</ha-card>`}group(e,t){return t.length?f`<h3 class="sub">${this.t(e)}</h3>
<div class="list">${t}</div>`:m}row(e,t,n,i,a){return f`<div class="row">
${r(e)}
<div class="body">
<span class="two">${S(t)}</span><span class="sec">${n}</span>
${i.length?f`<span class="tags">${i}</span>`:m}
</div>
<div class="end">${a}</div>
</div>`}code(e,t){let{app:n,lock:r}=this,i=e.name??this.t(`codes.nameless`),a=e.state===`withdrawn`,o=n.times.moment(E(e.end),r.time_zone),s=n.times.short(E(e.start),E(e.end),r.time_zone),c=t?this.t(a?`door.code_still`:`door.code_until`,{end:o}):this.t(`door.code_later`,{window:s}),l=[...a?[g(`warn`,`blocked`,this.t(`codes.tag_withdrawn`))]:[],...e.spare?[g(`warn`,`spare`,this.t(`codes.tag_spare`))]:[],...e.shared_with.length?[g(``,`people`,this.t(`codes.tag_shared`,{name:n.words.list(e.shared_with)}))]:[],...r.clock_problem===`lost`?[g(`bad`,`clockAlert`,this.t(`codes.tag_clock`))]:[]];return this.row(`keypad`,i,c,l,this.codeEnd(e,i,a))}codeEnd(e,t,n){let{app:i,lock:a}=this,o=this.held.value?.id===e.id?this.held.value.netcode:null,s=V(this.t(`codes.more`,{name:t}),Ut(i,e,()=>void this.show(e)));return o===null?n&&a.keypad.block.length?f`<button class="btn plain" @click=${()=>Pe(i,a.device_id,`block`)}>${this.t(`codes.block`)}</button
>${s}`:n?s:f`<button
class="ib sec"
aria-label=${this.t(`codes.show_of`,{name:t})}
@click=${()=>void this.show(e)}
>
${r(`eye`)}</button
>${s}`:f`<output class="shown" aria-label=${Re(o)}>${Ee(o)}</output
><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${r(`eyeOff`)}</button
>${s}`}phone(e){let{app:t,lock:n}=this,r=_(e.active_periods,t.words,t.times),i=ve(e.active_periods,t.now(),n.time_zone),a=e.state===`on`&&be(n,t.now()).later.includes(e),o=e.state===`suspended`?this.t(`door.phone`):a&&i!==null?this.t(`door.phone_next`,{hours:r,time:t.times.weekdayTime(i,n.time_zone)}):this.t(`door.phone_hours`,{hours:r}),s={on:[],suspended:[g(`warn`,`pause`,this.t(`people.suspended`))],invited:[g(`info`,`invited`,this.t(`people.invited`))],unknown:[g(``,`help`,this.t(`people.unknown`))]}[e.state],c=Ot(this.app,n,e),l=c.length?V(this.t(`codes.more`,{name:e.email}),c):m;return this.row(e.state===`suspended`?`personOff`:`phone`,e.email,o,s,l)}visits(){let{lock:e,app:t}=this,n=new Set(t.store.codesOf(e.device_id).map(e=>e.id));return t.store.orders.filter(t=>t.device_ids.includes(e.device_id)).flatMap(e=>e.next.filter(e=>e.state!==`cancelled`&&E(e.end)>t.now()).filter(e=>!e.codes.some(e=>n.has(e))).map(t=>[e,t])).sort(([,e],[,t])=>E(e.start)-E(t.start))}visit(e,t){let{app:n,lock:r}=this,i=n.times.short(E(t.start),E(t.end),r.time_zone),a=[...t.code_at?[g(``,`clock`,this.t(`door.code_comes`,{time:n.times.moment(E(t.code_at),r.time_zone)}))]:[],...t.problem?[g(`bad`,`warning`,t.problem)]:[]],o=e.kind===`bookings`?`door.booking`:`door.visitor`;return this.row(`bed`,t.title,this.t(o,{window:i}),a,m)}invite(){let{app:e,lock:t}=this;return t.kind===`kitlock`||!e.store.mayIssue(t)?m:f`<div class="foot">
<button
class="btn plain"
?disabled=${!e.store.connected}
@click=${()=>Y(e,``,[t.device_id])}
>
${r(`invite`,`s`)}${this.t(`door.invite`)}
</button>
</div>`}async show(e){let t=await Bt(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}};z(`codelocks-who`,Wt);var Gt=class extends y{constructor(...e){super(...e),this.last=null,this.make=()=>Ue(this.app,this.deviceId)}static{this.styles=[I,M,a,C,L,Fe]}static{this.properties={...y.properties,deviceId:{attribute:!1}}}render(){let e=this.app.store.lock(this.deviceId);return e?(this.last={id:e.device_id,name:e.name},f`<div class="stack wide">
${this.lead(e)} ${this.notes(e)}
<div class="cols">
<div><codelocks-who .app=${this.app} .lock=${e}></codelocks-who></div>
<div>
${e.entities.activity?f`<codelocks-timeline .app=${this.app} .lock=${e}></codelocks-timeline>`:m}
${this.keypad(e)}
</div>
</div>
${this.mayMake(e)?this.floating(e):m}
</div>`):this.gone()}mayMake(e){return!!this.app.store.account(e.entry_id)?.may_issue}lead(e){let{times:t,words:n}=this.app,i=Ve(e,n),a=e.last_activity?this.t(`door.news`,{news:i,time:t.moment(E(e.last_activity),e.time_zone)}):i,o=e.model??(e.kind===`kitlock`?`KitLock`:null),s=[e.area,o,t.zoneName(e.time_zone)].filter(Boolean).join(` · `),c=e.battery===null?e.battery_low?this.t(`doors.battery_low`):null:this.t(`doors.battery`,{n:e.battery});return f`<div class="lead">
<span class="pip">${r(We(e))}</span>
<div class="grow">
<h2>${a}</h2>
<span class="sec"
>${s}${c?f` ${s?`· `:``}<span class="battery ${e.battery_low?`low`:``}"
>${r(e.battery_low?`batteryLow`:`battery`,`xs`)} ${c}</span
>`:m}</span
>
</div>
${this.mayMake(e)?f`<span class="not-phone"
><button class="btn fill" ?disabled=${!this.ready(e)} @click=${this.make}>
${r(`keyPlus`)}${this.t(`door.make_for`,{door:e.name})}
</button></span
>`:m}
</div>`}notes(e){return e.clock_problem===`lost`?u({tone:`warn`,icon:`clockAlert`,title:this.t(`doors.clock_title`),text:this.t(`doors.clock_text`),...e.keypad.set_clock.length?{action:{label:this.t(`coach.set_clock_button`),run:()=>Pe(this.app,e.device_id,`set_clock`)}}:{}}):m}keypad(e){let t=[`block`,`set_clock`].filter(t=>e.keypad[t].length>0);return t.length?f`<ha-card class="card">
<header><h2>${this.t(`door.keypad`)}</h2></header>
<div class="list">${t.map(t=>this.lesson(e,t))}</div>
</ha-card>`:m}lesson(e,t){let n=e.keypad[t],i=n.some(e=>e.what===`master_code`)?`master_steps`:`steps`;return f`<button
class="row link"
@click=${()=>Pe(this.app,e.device_id,t)}
>
${r(t===`block`?`blocked`:`clockAlert`)}
<span class="body"
><span>${this.t(`door.${t}`)}</span
><span class="sec">${this.n(`door.${i}`,n.length)}</span></span
>
${r(`next`,`sec flip`)}
</button>`}floating(e){return f`<div class="phone-only under-fab"></div>
<button class="btn fill big fab low-fab" ?disabled=${!this.ready(e)} @click=${this.make}>
${r(`keyPlus`)}${this.t(`make.make_one`)}
</button>`}gone(){let e=this.last?.id===this.deviceId?this.last.name:null;return u({tone:`warn`,icon:`door`,title:e?this.t(`door.gone_title`,{door:e}):this.t(`door.unknown_title`),...e?{text:this.t(`door.gone_text`)}:{},action:{label:this.t(`door.back`),run:()=>this.app.go(`doors`)}})}ready(e){return this.app.store.connected&&this.app.store.mayIssue(e)}};z(`codelocks-door`,Gt);var Kt=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Z=ne(class extends b{constructor(e){if(super(e),e.type!==se.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[n,r,i]){let a=s(e),{values:c,keys:l}=this.dt(n,r,i);if(!Array.isArray(a))return this.ut=l,c;let u=this.ut??=[],d=[],f,p,m=0,h=a.length-1,g=0,_=c.length-1;for(;m<=h&&g<=_;)if(a[m]===null)m++;else if(a[h]===null)h--;else if(u[m]===l[g])d[g]=t(a[m],c[g]),m++,g++;else if(u[h]===l[_])d[_]=t(a[h],c[_]),h--,_--;else if(u[m]===l[_])d[_]=t(a[m],c[_]),k(e,d[_+1],a[m]),m++,_--;else if(u[h]===l[g])d[g]=t(a[h],c[g]),k(e,a[m],a[h]),h--,g++;else if(f===void 0&&(f=Kt(l,g,_),p=Kt(u,m,h)),f.has(u[m])){if(f.has(u[h])){let n=p.get(l[g]),r=n===void 0?null:a[n];if(r===null){let n=k(e,a[m]);t(n,c[g]),d[g]=n}else d[g]=t(r,c[g]),k(e,a[m],r),a[n]=null;g++}else o(a[h]),h--}else o(a[m]),m++;for(;g<=_;){let n=k(e,d[_+1]);t(n,c[g]),d[g++]=n}for(;m<=h;){let e=a[m++];e!==null&&o(e)}return this.ut=l,ae(e,d),_e}}),Q=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Q(e,t);return!0},$=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},qt=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),Xt(t)}};function Jt(e){this._$AN===void 0?this._$AM=e:($(this),this._$AM=e,qt(this))}function Yt(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Q(r[e],!1),$(r[e]);else r!=null&&(Q(r,!1),$(r))}else Q(this,e)}}var Xt=e=>{e.type==se.CHILD&&(e._$AP??=Yt,e._$AQ??=Jt)},Zt=class extends b{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),qt(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Q(this,e),$(this))}setValue(e){if(Me(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},Qt=new WeakMap,$t=ne(class extends Zt{render(e){return m}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),m}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=Qt.get(t);n===void 0&&(n=new WeakMap,Qt.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?Qt.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),en=24,tn=class{constructor(e,t=en){this.host=e,this.step=t,this.observer=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()},{rootMargin:`600px`}),this.watch=e=>{this.sentinel&&this.observer.unobserve(this.sentinel),this.sentinel=e,e&&this.observer.observe(e)},this.limit=t,e.addController(this)}hostConnected(){this.sentinel&&this.observer.observe(this.sentinel)}hostDisconnected(){this.observer.disconnect()}first(e){return e.slice(0,this.limit)}reset(){this.limit=this.step}end(e){return f`<span ?hidden=${e<=this.limit} ${$t(this.watch)}></span>`}more(){this.limit+=this.step,this.host.requestUpdate(),this.host.updateComplete.then(()=>this.watch(this.sentinel))}},nn=9,rn=class extends y{static{this.styles=[I,M,a,C,h]}static{this.properties={...y.properties,wanted:{state:!0}}}constructor(){super(),this.growing=new tn(this),this.wanted=``}render(){let{store:e}=this.app;if(!e.accounts.length)return this.refused();if(!e.locks.length)return this.noLocks();let t=e.locks.length>=nn,n=this.found();return f`<h2 class="vh">${this.t(`tabs.doors`)}</h2>
<div class="stack">
${e.accounts.map(e=>this.accountNotes(e))}
${t?this.find():m}
${t&&!this.wanted?this.byArea(n):this.grid(n)}
${n.length?this.growing.end(n.length):this.nothingFound()}
</div>`}found(){let e=this.wanted.trim().toLocaleLowerCase(this.app.hass.language);return this.app.store.locks.filter(t=>`${t.name} ${t.area??``}`.toLocaleLowerCase(this.app.hass.language).includes(e))}grid(e){return f`<div class="grid">
${Z(this.growing.first(e),e=>e.device_id,e=>f`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>`}byArea(e){let t=new Map;for(let n of e)t.set(n.area??``,[...t.get(n.area??``)??[],n]);let n=[...t.keys()].sort((e,t)=>Number(!e)-Number(!t)||e.localeCompare(t,this.app.hass.language)),r=this.growing.first(n.flatMap(e=>t.get(e)??[])),i=new Set(r);return f`${Z(n.filter(e=>t.get(e)?.some(e=>i.has(e))),e=>e,e=>f`<section class="stack">
<h3>${e||this.t(`doors.no_area`)}</h3>
<div class="grid">
${Z(t.get(e)?.filter(e=>i.has(e))??[],e=>e.device_id,e=>f`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>
</section>`)}`}find(){return f`<label class="find"
>${r(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`doors.find`)}
aria-label=${this.t(`doors.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}accountNotes(e){let t=()=>w(`/config/integrations/integration/codelocks`),n=this.app.hass.user?.is_admin;if(e.state!==`ok`){let r=e.state===`keys_refused`;return u({tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:e.title}),text:this.t(r?`account.refused_text`:`account.off_text`),...n&&r?{action:{label:this.t(`account.keys_button`),run:t}}:{}})}return e.netcode.left===0&&e.may_issue?this.spent(e):m}spent(e){let{times:t,store:n,hass:r}=this.app,i=r.config.time_zone,a=()=>w(`/config/integrations/integration/codelocks`),o=n.locks.filter(t=>t.entry_id===e.entry_id&&t.spare_until);return f`${u({tone:`warn`,icon:`calls`,title:this.t(`account.spent_title`),text:this.t(`account.spent_text`,{day:t.day(E(e.resets_at),i),time:t.time(E(e.resets_at),i)}),...r.user?.is_admin?{action:{label:this.t(`account.plan_button`),run:a}}:{}})}
${o.map(e=>u({tone:`info`,icon:`spare`,text:this.t(`account.has_spare`,{door:e.name,end:t.full(E(e.spare_until??``),e.time_zone)})}))}`}refused(){return f`<ha-card class="card"
>${x(`personOff`,this.t(`refused.title`),this.t(`refused.text`))}</ha-card
>`}noLocks(){let e=this.app.hass.user?.is_admin?f`<button class="btn fill" @click=${()=>w(`/config/integrations/integration/codelocks`)}>
${r(`plus`)}${this.t(`doors.add_kitlock`)}
</button>`:void 0;return f`<ha-card class="card"
>${x(`keypadHint`,this.t(`doors.empty_title`),this.t(`doors.empty_text`),e)}</ha-card
>`}nothingFound(){let e=f`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`;return f`<ha-card class="card"
>${x(`find`,this.t(`find.nothing`,{text:this.wanted}),``,e)}</ha-card
>`}};z(`codelocks-doors`,rn);var an={},on=ne(class extends b{constructor(){super(...arguments),this.ot=an}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return _e}else if(this.ot===t)return _e;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),sn=9,cn={on:`ok`,suspended:`pause`,invited:`invited`,unknown:`help`},ln=class extends y{constructor(...e){super(...e),this.onFocus=e=>{let t=e.target;t.matches(`td [tabindex]`)&&(e.currentTarget.querySelector(`[tabindex='0']`)?.setAttribute(`tabindex`,`-1`),t.setAttribute(`tabindex`,`0`))},this.onArrow=e=>{let t=e.target.closest(`td`),n=t?.parentElement,r=getComputedStyle(this).direction===`rtl`?-1:1,i={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-r],ArrowRight:[0,r]}[e.key],a=n?.parentElement;t&&n&&a&&i&&(e.preventDefault(),(a.rows[n.sectionRowIndex+i[0]]?.cells)?.[t.cellIndex+i[1]]?.querySelector(`[tabindex]`)?.focus())}}static{this.styles=[I,F,T,pt]}static{this.properties={...y.properties,people:{attribute:!1},doors:{attribute:!1}}}updated(){let e=this.renderRoot.querySelector(`.matrix`);e&&!e.querySelector(`[tabindex='0']`)&&e.querySelector(`tbody [tabindex]`)?.setAttribute(`tabindex`,`0`)}render(){let{people:e,doors:t}=this,n=t.length>=sn?`many`:``,r=[this.app.words,this.app.times,JSON.stringify(t.map(e=>[e.name,!e.clients,J(this.app,e)]))];return f`<div class="scroll">
<table class="matrix" @keydown=${this.onArrow} @focusin=${this.onFocus}>
<thead>
<tr>
<th scope="col">${this.t(`people.phones`)}</th>
${t.map(e=>f`<th scope="col" class=${n}><bdi>${e.name}</bdi></th>`)}
<th scope="col"><span class="vh">${this.t(`people.actions`)}</span></th>
</tr>
</thead>
<tbody>
${Z(e,e=>e.email,e=>f`<tr>
${on([...r,JSON.stringify([...e.at])],()=>this.row(e))}
</tr>`)}
</tbody>
</table>
</div>`}row(e){return f`<th scope="row">${S(e.email)}${this.everywhere(e)}</th>
${this.doors.map(t=>f`<td>${this.cell(e,t)}</td>`)}
<td>${this.more(e)}</td>`}everywhere(e){return dt(e)?f`<br /><span class="sec">${this.t(`people.everywhere`)}</span>`:m}cell(e,t){let{email:n}=e,i=e.at.get(t.device_id);if(!i)return this.noCell(e,t);let{state:a}=i,{words:o,times:s}=this.app,c=a===`on`?st(i,o,s):a===`invited`?this.t(`people.not_accepted`):``,l=f`${r(cn[a],`s`)}${this.t(a===`invited`?`people.invited_short`:`people.${a}`)}${c?f`<small>${c}</small>`:m}`,u=`cell ${a}`;return J(this.app,t)?V(this.t(`people.cell`,{email:n,door:t.name,state:ft(i,o,s)}),()=>Ot(this.app,t,i),{class:u,content:l,inTable:!0}):f`<span class=${u}>${l}</span>`}noCell(e,t){let{email:n}=e;return!t.clients||!J(this.app,t)?f`<span class="cell unknown">${t.clients?``:this.t(`people.unknown`)}</span>`:f`<button
class="cell no"
tabindex="-1"
aria-label=${this.t(`people.invite_to`,{email:n,door:t.name})}
@click=${()=>Y(this.app,n,[t.device_id])}
>
${r(`plus`,`s`)}
</button>`}more(e){return this.doors.some(e=>J(this.app,e))?V(this.t(`codes.more`,{name:e.email}),()=>kt(this.app,e),{class:`ib sec`,content:r(`more`),inTable:!0}):m}};z(`codelocks-matrix`,ln);var un=24,dn=12,fn=1500,pn=class extends y{static{this.styles=[I,M,a,C,L,F,T,h,mt]}static{this.properties={...y.properties,wanted:{state:!0},open:{state:!0},busy:{state:!0}}}constructor(){super(),this.growing=new tn(this,dn),this.wide=matchMedia(`(min-width: 1000px)`),this.known={locks:[],people:[]},this.onInvite=()=>Y(this.app),this.onWidth=()=>this.requestUpdate(),this.wanted=``,this.open=new Set,this.busy=new Map}connectedCallback(){super.connectedCallback(),this.wide.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),this.wide.removeEventListener(`change`,this.onWidth)}render(){let{locks:e}=this.app.store,t=e.filter(e=>e.kind===`k3`),n=this.people;return f`<h2 class="vh">${this.t(`tabs.people`)}</h2>
<div class="stack wide">
${n.length?this.lead(t):m} ${this.unread(t)}
${n.length?this.found(n,t):this.nobody()}
${t.length<e.length?f`<p class="sec small">${this.t(`people.kitlocks`)}</p>`:m}
</div>
${this.floating(t)}`}get people(){let{locks:e}=this.app.store;return this.known.locks!==e&&(this.known={locks:e,people:at(e)}),this.known.people}lead(e){let t=e=>{this.wanted=e.target.value,this.growing.reset()},n=Math.max(1,...e.map(e=>H([e],!0)));return f`<div class="lead">
<label class="find"
>${r(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`people.find`)}
aria-label=${this.t(`people.find`)}
@input=${t}
/></label>
${e.some(e=>J(this.app,e))?f`<span class="sec not-phone">${this.n(`people.lead`,n)}</span>`:m}
</div>`}unread(e){let t=e.filter(e=>!e.clients).map(e=>e.device_id);if(!t.length)return m;let n=this.t(`people.not_read`,{doors:G(this.app,t)});return u({icon:`help`,text:n})}nobody(){let e=f`<button class="btn fill" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${r(`invite`)}${this.t(`people.invite`)}
</button>`;return f`<ha-card class="card"
>${x(`phone`,this.t(`people.empty_title`),this.t(`people.empty_text`),e)}</ha-card
>`}found(e,t){let{people:n,doors:r}=ot(e,t,this.wanted);if(!n.length){let e=f`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`,t=this.t(`find.nothing`,{text:this.wanted});return f`<ha-card class="card">${x(`find`,t,``,e)}</ha-card>`}let i=this.wide.matches&&r.length<=un,a=this.growing.first(n);return f`<ha-card class="card"
>${i?f`<codelocks-matrix
.app=${this.app}
.people=${a}
.doors=${r}
></codelocks-matrix>`:this.list(a,t)}</ha-card
>
${this.growing.end(n.length)}`}list(e,t){return f`<div>
${Z(e,e=>e.email,e=>{let n=t=>{let n=new Set(this.open);t.target.open?n.add(e.email):n.delete(e.email),this.open=n},i=this.open.has(e.email);return f`<details class="person" .open=${i} @toggle=${n}>
<summary class="row">
${r(`phone`)}<span class="body">${this.summary(e)}</span>${r(`down`,`turn`)}
</summary>
${i?this.opened(e,t):m}
</details>`})}
</div>`}summary(e){let{words:t,times:n}=this.app,r=[...e.at.values()],i=r.filter(e=>e.state===`on`),a=r.some(e=>e.state===`invited`),o=i.length&&i.length<r.length?`people.doors_of`:`people.doors`,s=this.n(o,r.length,{k:i.length}),c=dt(e),l=c?``:ct(i.length?i:r,t,n);return f`<span class="two b">${S(e.email)}</span>
<span class="sec">${l?this.t(`people.doors_hours`,{doors:s,hours:l}):s}</span>
${c||a?f`<span class="tags"
>${c?g(`warn`,`pause`,this.t(`people.everywhere`)):g(`info`,`invited`,this.t(`people.invited`))}</span
>`:m}`}opened(e,t){let n=kt(this.app,e),i=t.filter(t=>e.at.has(t.device_id));return f`<div class="list">${i.map(t=>this.doorRow(e,t))}</div>
${n.length?f`<div class="btns">
${n.map(e=>{let t=e.icon===`invite`?`plain`:e.bad?`plain danger`:`tonal`;return f`<button class="btn ${t}" @click=${e.run}>
${e.icon===`invite`?m:r(e.icon,`s`)}${e.label}
</button>`})}
</div>`:m}`}doorRow(e,t){let{words:n,times:i}=this.app,a=e.at.get(t.device_id),o=`${e.email} ${t.device_id}`,s=this.busy.get(o),c=s??a.state===`on`,l=f`${r(We(t))}<span class="body"
><bdi>${t.name}</bdi><span class="sec">${ft(a,n,i)}</span></span
>`;return a.state!==`on`&&a.state!==`suspended`||!J(this.app,t)?f`<div class="row">${l}</div>`:f`<label class="row"
>${l}<input
class="switch"
type="checkbox"
role="switch"
aria-label=${t.name}
.checked=${de(c)}
?disabled=${s!==void 0}
@change=${n=>{this.turn(o,e.email,t,n.target.checked)}}
/></label>`}async turn(e,t,n,r){this.busy=new Map(this.busy).set(e,r);let i=()=>{let t=new Map(this.busy);t.delete(e),this.busy=t},{done:a}=await(r?q:wt)(this.app,[n.device_id],t);a.length?setTimeout(i,fn):i()}floating(e){return!this.people.length||!e.some(e=>this.app.store.mayIssue(e))?m:f`<button class="btn fill big fab" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
${r(`invite`)}${this.t(`people.invite`)}
</button>`}get mayInvite(){return this.app.store.locks.some(e=>e.kind===`k3`&&J(this.app,e))}};z(`codelocks-people`,pn);var mn=300,hn=class extends he{constructor(...e){super(...e),this.app=new le,this.scrolled=new Map,this.shown=``,this.onMenu=()=>{this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))},this.onMake=()=>Ue(this.app),this.onBack=e=>{gn(e)&&(e.preventDefault(),this.scrolled.size>0?history.back():w(p(me[0]?.slug??``)))},this.onLink=e=>{gn(e)&&(e.preventDefault(),w(e.currentTarget.pathname))},this.onKey=e=>{let[t]=e.composedPath();if(!(t instanceof HTMLElement&&t.matches(`input, textarea, select`)||e.ctrlKey||e.metaKey||e.altKey||this.app.dialogs.size)){if(e.key===`n`&&this.app.ready&&this.app.store.state===`ready`)e.preventDefault(),e.stopPropagation(),this.onMake();else if(e.key===`/`){let t=this.renderRoot.querySelector(`main > :last-child`)?.shadowRoot?.querySelector(`.find input`);if(!t)return;e.preventDefault(),t.focus()}}}}static{this.styles=[I,M,a,C,T,F,qe,Nt]}static{this.properties={narrow:{type:Boolean,reflect:!0},route:{attribute:!1},waited:{state:!0}}}set hass(e){this.app.setHass(e)}connectedCallback(){super.connectedCallback(),this.app.add(this),this.app.start(),setTimeout(()=>this.waited=!0,mn),window.addEventListener(`keydown`,this.onKey)}disconnectedCallback(){super.disconnectedCallback(),this.app.stop(),this.app.remove(this),window.removeEventListener(`keydown`,this.onKey)}firstUpdated(){this.app.dialogHost=this.renderRoot}willUpdate(){if(this.path===this.shown)return;let e=document.scrollingElement;e&&this.shown&&this.scrolled.set(this.shown,e.scrollTop)}updated(){let e=this.path;if(!this.app.ready||e===this.shown)return;let t=!this.shown;this.shown=e;let{view:n}=ge(e);document.title=this.app.words.t(`tabs.${n.slug}`),document.scrollingElement?.scrollTo(0,this.scrolled.get(e)??0),t||this.renderRoot.querySelector(`h1`)?.focus({preventScroll:!0})}render(){if(!this.app.ready)return f`${this.waited?this.bones():m}`;let{view:e,id:t}=ge(this.path),n=e.icon!==null;return f`<div class=${n?`has-tabs`:``}>
${this.header(n,e.slug,t)}
<main class="view">
${this.connection()} ${this.content(e.render(this.app,t))}
</main>
${ie(this.app)}
</div>`}get path(){return(this.route?.path??location.pathname.slice(10))||`/`}header(e,t,n){let{words:i,store:a}=this.app,o=e?i.t(`page.title`):a.lock(n)?.name??i.t(`tabs.${t}`),s=a.connected&&a.locks.some(e=>a.mayIssue(e)),c=t===`people`,l=c?()=>Y(this.app):this.onMake,u=e&&a.accounts.some(e=>e.may_issue);return f`<header class="head">
${e?f`<button
class="ib"
?hidden=${!this.narrow&&this.app.hass.dockedSidebar!==`always_hidden`}
aria-label=${i.t(`page.menu`)}
@click=${this.onMenu}
>
${r(`menu`)}
</button>`:f`<a
class="ib"
href=${p(me[0]?.slug??``)}
aria-label=${i.t(`page.back`)}
@click=${this.onBack}
>${r(`back`,`flip`)}</a
>`}
<h1 tabindex="-1"><bdi>${o}</bdi></h1>
${e?this.tabs(t):m}
<span class="grow"></span>
${u?f`<span class="not-phone"
><button class="btn fill" ?disabled=${!s} @click=${l}>
${r(c?`invite`:`keyPlus`)}${i.t(c?`people.invite`:`make.make_one`)}
</button></span
>`:m}
${this.more(n)}
</header>`}tabs(e){let{words:t}=this.app;return f`<nav class="tabs" aria-label=${t.t(`page.title`)}>
${me.map(n=>n.icon?f`<a
href=${p(n.slug)}
aria-current=${n.slug===e?`page`:m}
@click=${this.onLink}
>${r(n.icon)}${t.t(`tabs.${n.slug}`)}</a
>`:m)}
</nav>`}more(e){let{words:t,hass:n}=this.app;if(!n.user?.is_admin)return m;let r=e?`/config/devices/device/${e}`:`/config/integrations/integration/codelocks`,i=t.t(e?`more.device`:`more.settings`);return V(t.t(`more.label`),[{icon:`open`,label:i,run:()=>w(r)}])}connection(){let{words:e,store:t,times:n,hass:r}=this.app;if(t.connected)return m;let i=n.time(t.heardAt||this.app.now(),r.config.time_zone);return u({icon:`offline`,title:e.t(`offline.title`),text:e.t(`offline.text`,{time:i})})}content(e){let{words:t,store:n}=this.app;if(n.state===`ready`)return e;if(n.state===`loading`)return this.waited?this.bones():f``;let r=t.t(n.state===`refused`?`refused.title`:`failed.title`),i=t.t(n.state===`refused`?`refused.text`:`failed.text`);return u({tone:n.state===`failed`?`bad`:``,icon:`personOff`,title:r,text:i})}bones(){let e=f`<div class="card door-bone" aria-hidden="true">
<span class="bone r"></span><span class="bone"></span><span class="bone low"></span>
</div>`;return f`<div class="grid" aria-busy="true">${e}${e}${e}</div>`}};function gn(e){return!(e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)&&e.button===0}z(`codelocks-panel`,hn);