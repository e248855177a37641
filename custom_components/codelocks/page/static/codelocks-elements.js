import{A as e,Bt as t,D as n,Dt as r,L as i,N as a,O as o,P as s,Q as c,R as l,Rt as u,Vt as ee,X as d,Y as f,Yt as p,Z as m,Zt as h,an as g,c as _,cn as v,en as y,et as te,j as ne,k as b,ln as x,nn as S,nt as C,o as w,r as T,rn as E,rt as D,s as O,st as k,t as A,zt as j}from"./codelocks-shared.js";import{i as M,n as re,r as ie,t as ae}from"./codelocks-cards.js";var N=x`.card > .pad.said,.card > .pad.waiting{padding:16px}.waiting{display:grid;gap:8px}.bone.low{width:60%}.mini{padding:4px 16px 16px;display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}.mini legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.btn.wide{width:100%}`,P=x`:host([tile]),:host([tile]) ha-card{height:100%}.tile{container-type:inline-size;display:flex;align-items:center;min-height:56px}.tile > .main{flex:1;min-width:0;display:grid;grid-template-columns:36px minmax(0,1fr);gap:10px;align-items:center;height:100%;min-height:54px;padding:0 10px;border:0;border-radius:inherit;background:none;color:inherit;font:inherit;text-align:start}button.main{cursor:pointer}.tile > .main:focus-visible{outline-offset:-2px}.pip{width:36px;height:36px;border-radius:50%;display:grid;place-items:center;background:color-mix(in srgb,var(--cl-icon) 16%,transparent);color:var(--cl-icon)}.text{display:grid;min-width:0;line-height:20px}.main small{font-size:12px;line-height:16px}.make{display:none}@container (min-width:240px){.make{display:inline-flex}}`,F=new c,I=5e3,L=300,R=2e3,z=new Set,B;function V(){let[e,...t]=z;return t.find(e=>e.isHost)??e}async function H(){for(let e=0;!F.ready&&e<R;e+=50)await new Promise(e=>setTimeout(e,50));return F.ready?F.words:null}var U=class extends y{static{this.styles=[u,w,t,j,ee,N]}static{this.properties={...y.properties,waited:{state:!0}}}constructor(){super(),this.app=F,this.waited=!1}set hass(e){F.setHass(e)}connectedCallback(){super.connectedCallback(),clearTimeout(B),z.add(this),F.start(),setTimeout(()=>this.waited=!0,L)}disconnectedCallback(){super.disconnectedCallback(),z.delete(this),F.changed(),z.size||(B=setTimeout(()=>F.stop(),I))}render(){return v`${this.whole()} ${F.ready&&V()===this?p(F):g}`}host(){F.dialogHost=this.renderRoot,F.changed()}get isHost(){return F.dialogHost===this.renderRoot}whole(){let{store:e}=F;if(!F.ready||e.state===`loading`)return this.waited?v`<ha-card class="card"
><div class="pad waiting" aria-busy="true">
<span class="bone"></span><span class="bone low"></span></div
></ha-card>`:v`<ha-card class="card"></ha-card>`;let t=e.state===`failed`?{icon:`cloudOff`,title:this.t(`failed.title`),text:this.t(`failed.text`)}:this.problem();return t?this.hasAttribute(`tile`)?W(t):v`<ha-card class="card"><div class="pad said">${h(t)}</div></ha-card>`:this.card()}later(){return{tone:`warn`,icon:`renew`,text:this.t(`cards.later`)}}gone(){return{tone:`warn`,icon:`door`,title:this.t(`cards.gone_title`),text:this.t(`cards.gone_text`)}}mayNot(){return{icon:`personOff`,title:this.t(`cards.may_not_title`),text:this.t(`cards.may_not_text`)}}};function W({icon:e,title:t=``,text:n=``}){let r=`${t} ${n}`.trim();return v`<ha-card class="card tile">
<div class="main" role="status" title=${r}>
<span class="pip">${E(e)}</span><small class="two">${r}</small>
</div>
</ha-card>`}var G=e=>({name:t})=>e?.t(`cards.form_${t}`)||t,K=e=>({device:{multiple:e,entity:[{integration:`codelocks`,domain:`calendar`}]}}),q=(e,t,n)=>({select:{mode:`dropdown`,options:n.map(n=>({value:n,label:e?.t(`${t}_${n}`)||n}))}}),oe=class extends y{static{this.styles=[u,w,f,m]}static{this.properties={...y.properties,config:{state:!0}}}constructor(){super(),this.app=F,this.config={}}set hass(e){F.setHass(e)}setConfig(e){this.config=e}render(){if(!F.ready)return v``;let{locks:e=[],hide:t=[],group:n=`area`}=this.config,r=e=>i(`radio`,`group`,this.t(`cards.group_${e}`),n===e,()=>this.change({group:e}));return v`<div class="stack">
${this.field(`cards.form_locks`,[...M(F.hass).map(({deviceId:t,name:n})=>i(`checkbox`,`lock`,n,e.includes(t),n=>this.change({locks:J(e,t,n)})))])}
${this.field(`cards.form_show`,[...ae.map(e=>i(`checkbox`,`part`,this.t(`cards.part_${e}`),!t.includes(e),n=>this.change({hide:J(t,e,!n)})))])}
${this.field(`cards.form_group`,[r(`area`),r(`lock`)])}
</div>`}field(e,t){return v`<fieldset>
<legend>${this.t(e)}</legend>
<div class="chips">${t}</div>
</fieldset>`}change(e){let t={...this.config,...e};this.config=t;let n={config:t};this.dispatchEvent(new CustomEvent(`config-changed`,{detail:n,bubbles:!0,composed:!0}))}};function J(e,t,n){let r=e.filter(e=>e!==t);return n?[...r,t]:r}S(`codelocks-dashboard-editor`,oe);var Y=[`1h`,`2h`,`today`,`tomorrow`,`weekend`];function X(e,t){return e==null?t[0]:t.find(t=>t===e)??null}var Z=e=>e==null?``:typeof e==`string`?e:null;function Q(e){if(e==null)return[];let t=typeof e==`string`?[e]:e;return Array.isArray(t)&&t.every(e=>typeof e==`string`)?t:null}var $=[`full`,`tile`];function se(e){let t=X(e.size,$),n=X(e.show,[`names`,`counts`]),r=Z(e.device_id);return t===null||n===null||r===null?null:{type:String(e.type),device_id:r,size:t,show:n}}function ce(e){let t=X(e.size,$),[n,r,i,a]=[Z(e.title),Z(e.name),Q(e.locks),Q(e.times)],o=Y.filter(e=>a?.includes(e)),s=a?.length===o.length;if(t===null||n===null||r===null||i===null||!s)return null;let c=o.length?o:Y.slice(0,3);return{type:String(e.type),title:n,name:r,locks:i,times:c,size:t}}var le=class extends U{static{this.styles=[U.styles,P]}static{this.properties={...U.properties,config:{state:!0}}}static async getConfigForm(){let e=await H();return{schema:[{name:`device_id`,required:!0,selector:K(!1)},{name:`size`,default:`full`,selector:q(e,`cards.size`,[`full`,`tile`])},{name:`show`,default:`names`,selector:q(e,`cards.show`,[`names`,`counts`])}],computeLabel:G(e)}}static getStubConfig(e){return{device_id:M(e)[0]?.deviceId??``,size:`full`,show:`names`}}setConfig(e){this.config=se(e),this.toggleAttribute(`tile`,this.config?.size===`tile`)}getCardSize(){return this.config?.size===`tile`?1:4}getGridOptions(){return this.config?.size===`tile`?{columns:6,rows:1,min_columns:4,min_rows:1,max_rows:1}:{columns:12,rows:`auto`,min_columns:6}}problem(){let{config:e}=this;if(!e)return this.later();let{store:t}=this.app;return t.lock(e.device_id)?null:t.accounts.length?this.gone():{...this.mayNot(),title:this.t(`cards.may_not_see`)}}card(){let e=this.app.store.lock(this.config?.device_id??``);return!e||!this.config?v``:this.config.size===`tile`?this.tile(e):v`<codelocks-door-tile
.app=${this.app}
.lock=${e}
.counts=${this.config.show===`counts`}
.linked=${this.hasPage}
.trouble=${this.trouble(e)}
@click=${()=>this.host()}
></codelocks-door-tile>`}get hasPage(){return te.slice(1)in(this.app.hass.panels??{})}trouble(e){let t=this.app.store.account(e.entry_id);return!t||t.state===`ok`?null:h({tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:t.title}),text:this.t(t.state===`keys_refused`?`account.refused_text`:`account.off_text`)})}tile(e){let{store:t}=this.app,n=t.connected&&t.mayIssue(e),r=()=>{this.host(),O(this.app,e.device_id)},i=()=>D(C(`door`,e.device_id)),a=v`<span class="pip">${E(A(e))}</span
><span class="text"
><bdi class="b clip">${e.name}</bdi><small class="clip">${this.second(e)}</small></span
>`;return v`<ha-card class="card tile">
${this.hasPage?v`<button class="main" @click=${i}>${a}</button>`:v`<div class="main">${a}</div>`}
${n?v`<button
class="ib sec make"
aria-label=${`${this.t(`make.make_one`)}: ${e.name}`}
@click=${r}
>
${E(`keyPlus`)}
</button>`:g}
</ha-card>`}second(e){let{app:t}=this,n=t.store.account(e.entry_id);if(n&&n.state!==`ok`)return this.t(`cards.off`);if(e.clock_problem===`lost`)return this.t(`doors.clock_title`);if(e.battery_low)return e.battery===null?this.t(`doors.battery_low`):this.t(`doors.battery`,{n:e.battery});let i=k(t.store.codesOf(e.device_id),t.now()).length;if(i)return this.n(`cards.codes_open`,i);if(!e.last_activity)return T(e,t.words);let{last_type:a}=e,o=a===`opened`||a===`denied`?this.t(`cards.${a}`):T(e,t.words),s=t.times.moment(r(e.last_activity),e.time_zone);return this.t(`cards.news`,{news:o,time:s})}};S(re,le);var ue=12e4,de={columns:6,rows:1,min_columns:4,min_rows:1,max_rows:1},fe={columns:12,rows:`auto`,min_columns:6},pe=class extends U{static{this.styles=[U.styles,f,d,m,P]}static{this.properties={...U.properties,config:{state:!0},name:{state:!0},chosen:{state:!0},when:{state:!0},phase:{state:!0},trouble:{state:!0},wanted:{state:!0}}}static async getConfigForm(){let e=await H(),t=Y.map(t=>({value:t,label:e?.t(`make.quick_${t}`)||t}));return{schema:[{name:`title`,selector:{text:{}}},{name:`locks`,selector:K(!0)},{name:`times`,selector:{select:{multiple:!0,mode:`list`,options:t}}},{name:`name`,selector:{text:{}}},{name:`size`,default:`full`,selector:q(e,`cards.size`,[`full`,`tile`])}],computeLabel:G(e)}}static getStubConfig(){return{size:`full`}}constructor(){super(),this.planner=new b(F,()=>this.requestUpdate()),this.result=null,this.touched=!1,this.onTouch=()=>{this.touched||this.set({})},this.config=null,this.name=``,this.chosen=new Set,this.when={kind:`1h`},this.phase=`form`,this.trouble=null,this.wanted=``}disconnectedCallback(){super.disconnectedCallback(),this.planner.stop(),this.clear()}setConfig(e){let t=ce(e);this.config=t,this.toggleAttribute(`tile`,t?.size===`tile`),t&&(this.name=t.name,this.when={kind:t.times[0]??`1h`},this.chosen=new Set(t.locks.length===1?t.locks:[]))}getCardSize(){return this.config?.size===`tile`?1:5}getGridOptions(){return this.config?.size===`tile`?de:fe}problem(){let{config:e}=this,{store:t}=F;if(!e)return this.later();let n=t.accounts.filter(e=>e.may_issue);if(!n.length)return this.mayNot();let r=n.find(e=>e.state!==`ok`);return e.locks.length&&!e.locks.some(e=>t.lock(e))?this.gone():this.locks.length?null:r?{tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:r.title}),text:this.t(r.state===`keys_refused`?`account.refused_text`:`account.off_text`)}:this.mayNot()}get locks(){let{store:e}=F,t=this.config?.locks??[];return(t.length?t.flatMap(t=>e.lock(t)??[]):e.locks).filter(t=>e.mayIssue(t))}get heading(){return this.config?.title||this.t(`make.make_one`)}card(){return this.config?.size===`tile`?this.tile(this.config):this.phase===`result`&&this.result?this.made(this.result):v`<ha-card class="card">
<header><h2>${this.heading}</h2></header>
<div class="mini" @focusin=${this.onTouch}>${this.form()}</div>
</ha-card>`}tile(e){let[t,n]=e.times,r=e.locks.length?this.locks:[],i=()=>{this.host();let[i,...a]=r.map(e=>e.device_id),o=t&&!n?{when:{kind:t}}:{};O(F,i,e.name,i?a:void 0,o)},a=[...t&&!n?[this.t(`make.quick_${t}`)]:[],...r.map(e=>e.name)];return v`<ha-card class="card tile">
<button class="main" ?disabled=${!F.store.connected} @click=${i}>
<span class="pip">${E(`keyPlus`)}</span
><span class="text"
><bdi class="b clip">${this.heading}</bdi
>${a.length?v`<small class="clip">${a.join(`, `)}</small>`:g}</span
>
</button>
</ha-card>`}form(){let e=this.phase!==`form`,t=e=>{this.name=e.target.value},n=Math.max(this.chosen.size,this.planner.answer?.codes.length??0,1);return v`<label class="field"
><span>${this.t(`make.for_whom`)}</span
><input
maxlength="100"
autocomplete="off"
.value=${this.name}
?disabled=${e}
@input=${t}
/></label>
${this.doors(e)} ${this.times(e)} ${this.state()}
<button
class="btn fill wide"
?disabled=${e||!this.wish()||!F.store.connected}
@click=${()=>void this.make()}
>
${this.n(`make.make`,n)}
</button>`}doors(e){let t=this.locks.map(e=>e.device_id);return t.length===1&&this.chosen.has(t[0]??``)?g:l(F,{doors:t,chosen:this.chosen,most:20,wanted:this.wanted,off:e,hint:g,choose:e=>this.set({chosen:e}),find:e=>{this.wanted=e}})}times(e){return v`<fieldset ?disabled=${e}>
<legend>${this.t(`make.when`)}</legend>
<div class="chips">
${this.config?.times.map(e=>i(`radio`,`when`,this.t(`make.quick_${e}`),this.when.kind===e,()=>this.set({when:{kind:e}})))}
<button class="chip" @click=${()=>{this.host(),this.more({when:this.when,other:!0})}}>${this.t(`cards.other`)}</button>
</div>
</fieldset>`}state(){let e=this.trouble??this.planner.refusal;if(this.phase===`making`||this.phase===`looking`){let e=this.phase===`looking`,t=Math.max(this.chosen.size,1);return h({icon:e?`cloudOff`:`hourglass`,title:e?this.t(`make.lost_title`):this.n(`make.making`,t),...e?{text:this.t(`make.lost_text`)}:{}})}if(e)return n(F,e,{again:()=>void this.make(),use:e=>this.use(e)});let{answer:t}=this.planner,r=t?.codes.length?o(t,F.words,F.times,e=>this.zoneOf(e)):null;return v`<p class="small" role="status">
${r?v`<span class="b">${r.windows.join(` `)}</span>
<span class="sec">${r.notes.join(` `)}</span>`:v`<span class="sec"
>${this.chosen.size?this.touched?this.t(`make.planning`):g:this.t(`make.choose_door`)}</span
>`}
</p>
${(t?.failed??[]).map(e=>h({tone:`bad`,icon:`alert`,title:e.lock_name,text:e.error}))}`}made(e){let t=e.name||this.n(`result.ready`,e.rows.length);return v`<ha-card class="card">
<header>
<h2 class="two"><bdi>${t}</bdi></h2>
<button class="ib sec" aria-label=${this.t(`cards.hide`)} @click=${()=>this.clear()}>
${E(`close`)}
</button>
</header>
<div class="mini">${e}</div>
</ha-card>`}zoneOf(e){return F.store.lock(e)?.time_zone??F.hass.config.time_zone}wish(){let e=this.locks.map(e=>e.device_id).filter(e=>this.chosen.has(e)),t=s(this.when,F.now(),this.zoneOf(e[0]??``));if(!t||!e.length)return null;let n=e=>new Date(e).toISOString();return{device_id:e.slice(0,20),start:n(t.start),end:n(t.end)}}set(e){Object.assign(this,e),this.trouble=null,this.touched=!0,this.planner.ask(this.wish(),!1,!1)}use(e){this.host();let t=F.now(),[n=``]=this.chosen,r=e=>{let{date:t,time:r}=a(e,this.zoneOf(n));return`${t}T${r}`};this.more({when:{kind:`other`,from:r(t),to:r(t+e*36e5)}})}more(e){let[t,...n]=this.chosen;O(F,t,this.name,t?n:void 0,e)}async make(){let t=this.wish();if(!t||this.phase!==`form`)return;this.host(),this.phase=`making`,this.trouble=null;let n=this.name.trim();try{let e=await ne(F,t,n,()=>{this.phase=`looking`});this.isConnected&&this.show(e,t,n)}catch(t){this.trouble=e(t),this.phase=`form`}}show(e,t,n){let r=new _;Object.assign(r,{app:F,wish:t,name:n,small:!0,again:()=>this.clear()}),r.take(e),this.result=r,this.phase=`result`,this.wait(),this.updateComplete.then(()=>r.updateComplete).then(()=>r.focusFirst())}wait(){this.going=setTimeout(()=>this.result?.isHidden?this.clear():this.wait(),ue)}clear(){clearTimeout(this.going),this.result=null,this.touched=!1,this.phase=`form`,this.planner.ask(null,!1,!1),this.name=this.config?.name??``,this.chosen=new Set(this.config?.locks.length===1?this.config.locks:[])}};S(ie,pe);var me=()=>document.createElement(`codelocks-dashboard-editor`);export{me as editor};