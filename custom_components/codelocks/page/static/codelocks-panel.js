var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,ee=globalThis,te=ee.trustedTypes,ne=te?te.emptyScript:``,re=ee.reactiveElementPolyfillSupport,ie=(e,t)=>e,ae={toAttribute(e,t){switch(t){case Boolean:e=e?ne:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},oe=(e,t)=>!l(e,t),se={attribute:!0,type:String,converter:ae,reflect:!1,useDefault:!1,hasChanged:oe};Symbol.metadata??=Symbol(`metadata`),ee.litPropertyMetadata??=new WeakMap;var h=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=se){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??se}static _$Ei(){if(this.hasOwnProperty(ie(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ie(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ie(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ae:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ae:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??oe)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};h.elementStyles=[],h.shadowRootOptions={mode:`open`},h[ie(`elementProperties`)]=new Map,h[ie(`finalized`)]=new Map,re?.({ReactiveElement:h}),(ee.reactiveElementVersions??=[]).push(`2.1.2`);var ce=globalThis,le=e=>e,ue=ce.trustedTypes,de=ue?ue.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,fe=`$lit$`,g=`lit$${Math.random().toFixed(9).slice(2)}$`,pe=`?`+g,me=`<${pe}>`,_=document,he=()=>_.createComment(``),v=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ge=Array.isArray,_e=e=>ge(e)||typeof e?.[Symbol.iterator]==`function`,ve=`[ 	
\f\r]`,ye=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,be=/-->/g,xe=/>/g,y=RegExp(`>|${ve}(?:([^\\s"'>=/]+)(${ve}*=${ve}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Se=/'/g,Ce=/"/g,we=/^(?:script|style|textarea|title)$/i,b=(e=>(t,...n)=>({_$litType$:e,strings:t,values:n}))(1),x=Symbol.for(`lit-noChange`),S=Symbol.for(`lit-nothing`),Te=new WeakMap,C=_.createTreeWalker(_,129);function Ee(e,t){if(!ge(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return de===void 0?t:de.createHTML(t)}var De=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=ye;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===ye?c[1]===`!--`?o=be:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=y):(we.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=y):o=xe:o===y?c[0]===`>`?(o=i??ye,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?y:c[3]===`"`?Ce:Se):o===Ce||o===Se?o=y:o===be||o===xe?o=ye:(o=y,i=void 0);let d=o===y&&e[t+1].startsWith(`/>`)?` `:``;a+=o===ye?n+me:l>=0?(r.push(s),n.slice(0,l)+fe+n.slice(l)+g+d):n+g+(l===-2?t:d)}return[Ee(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Oe=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=De(t,n);if(this.el=e.createElement(l,r),C.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=C.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(fe)){let t=u[o++],n=i.getAttribute(e).split(g),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Me:r[1]===`?`?Ne:r[1]===`@`?Pe:je}),i.removeAttribute(e)}else e.startsWith(g)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(we.test(i.tagName)){let e=i.textContent.split(g),t=e.length-1;if(t>0){i.textContent=ue?ue.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],he()),C.nextNode(),c.push({type:2,index:++a});i.append(e[t],he())}}}else if(i.nodeType===8){if(i.data===pe)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(g,e+1))!==-1;)c.push({type:7,index:a}),e+=g.length-1}}a++}}static createElement(e,t){let n=_.createElement(`template`);return n.innerHTML=e,n}};function w(e,t,n=e,r){if(t===x)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=v(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=w(e,i._$AS(e,t.values),i,r)),t}var ke=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??_).importNode(t,!0);C.currentNode=r;let i=C.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Ae(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Fe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=C.nextNode(),a++)}return C.currentNode=_,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Ae=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=S,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=w(this,e,t),v(e)?e===S||e==null||e===``?(this._$AH!==S&&this._$AR(),this._$AH=S):e!==this._$AH&&e!==x&&this._(e):e._$litType$===void 0?e.nodeType===void 0?_e(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==S&&v(this._$AH)?this._$AA.nextSibling.data=e:this.T(_.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Oe.createElement(Ee(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ke(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=Te.get(e.strings);return t===void 0&&Te.set(e.strings,t=new Oe(e)),t}k(t){ge(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(he()),this.O(he()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=le(e).nextSibling;le(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},je=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=S,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=S}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=w(this,e,t,0),a=!v(e)||e!==this._$AH&&e!==x,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=w(this,r[n+o],t,o),s===x&&(s=this._$AH[o]),a||=!v(s)||s!==this._$AH[o],s===S?e=S:e!==S&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===S?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Me=class extends je{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===S?void 0:e}},Ne=class extends je{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==S)}},Pe=class extends je{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=w(this,e,t,0)??S)===x)return;let n=this._$AH,r=e===S&&n!==S||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==S&&(n===S||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Fe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){w(this,e)}},Ie={M:fe,P:g,A:pe,C:1,L:De,R:ke,D:_e,V:w,I:Ae,H:je,N:Ne,U:Pe,B:Me,F:Fe},Le=ce.litHtmlPolyfillSupport;Le?.(Oe,Ae),(ce.litHtmlVersions??=[]).push(`3.3.3`);var Re=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Ae(t.insertBefore(he(),e),e,void 0,n??{})}return i._$AI(e),i},ze=globalThis,T=class extends h{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Re(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return x}};T._$litElement$=!0,T.finalized=!0,ze.litElementHydrateSupport?.({LitElement:T});var Be=ze.litElementPolyfillSupport;Be?.({LitElement:T}),(ze.litElementVersions??=[]).push(`4.2.2`);var Ve={alert:`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,back:`M20,11V13H8L13.5,18.5L12.08,19.92L4.16,12L12.08,4.08L13.5,5.5L8,11H20Z`,battery:`M16,12H8V6H16M16.67,4H15V2H9V4H7.33A1.33,1.33 0 0,0 6,5.33V20.67C6,21.4 6.6,22 7.33,22H16.67A1.33,1.33 0 0,0 18,20.67V5.33C18,4.6 17.4,4 16.67,4Z`,batteryLow:`M16,18H8V6H16M16.67,4H15V2H9V4H7.33A1.33,1.33 0 0,0 6,5.33V20.67C6,21.4 6.6,22 7.33,22H16.67A1.33,1.33 0 0,0 18,20.67V5.33C18,4.6 17.4,4 16.67,4Z`,bed:`M7 14C8.66 14 10 12.66 10 11C10 9.34 8.66 8 7 8C5.34 8 4 9.34 4 11C4 12.66 5.34 14 7 14M7 10C7.55 10 8 10.45 8 11C8 11.55 7.55 12 7 12C6.45 12 6 11.55 6 11C6 10.45 6.45 10 7 10M19 7H11V15H3V5H1V20H3V17H21V20H23V11C23 8.79 21.21 7 19 7M21 15H13V9H19C20.1 9 21 9.9 21 11Z`,blocked:`M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,2C6.47,2 2,6.47 2,12C2,17.53 6.47,22 12,22C17.53,22 22,17.53 22,12C22,6.47 17.53,2 12,2M14.59,8L12,10.59L9.41,8L8,9.41L10.59,12L8,14.59L9.41,16L12,13.41L14.59,16L16,14.59L13.41,12L16,9.41L14.59,8Z`,bookings:`M12 9C14 9 15 11.42 13.59 12.84C12.17 14.26 9.75 13.25 9.75 11.25C9.75 10 10.75 9 12 9M16.5 18H7.5V16.88C7.5 15.63 9.5 14.63 12 14.63S16.5 15.63 16.5 16.88M19 19H5V8H19M16 1V3H8V1H6V3H5C3.9 3 3 3.9 3 5V19C3 20.11 3.9 21 5 21H19C20.11 21 21 20.11 21 19V5C21 3.9 20.11 3 19 3H18V1H16Z`,calendar:`M19,19H5V8H19M16,1V3H8V1H6V3H5C3.89,3 3,3.89 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V5C21,3.89 20.1,3 19,3H18V1M17,12H12V17H17V12Z`,calendarSync:`M18,11V12.5C21.19,12.5 23.09,16.05 21.33,18.71L20.24,17.62C21.06,15.96 19.85,14 18,14V15.5L15.75,13.25L18,11M18,22V20.5C14.81,20.5 12.91,16.95 14.67,14.29L15.76,15.38C14.94,17.04 16.15,19 18,19V17.5L20.25,19.75L18,22M19,3H18V1H16V3H8V1H6V3H5A2,2 0 0,0 3,5V19A2,2 0 0,0 5,21H14C13.36,20.45 12.86,19.77 12.5,19H5V8H19V10.59C19.71,10.7 20.39,10.94 21,11.31V5A2,2 0 0,0 19,3Z`,calls:`M4,4H20A2,2 0 0,1 22,6V18A2,2 0 0,1 20,20H4A2,2 0 0,1 2,18V6A2,2 0 0,1 4,4M4,6V18H11V6H4M20,18V6H18.76C19,6.54 18.95,7.07 18.95,7.13C18.88,7.8 18.41,8.5 18.24,8.75L15.91,11.3L19.23,11.28L19.24,12.5L14.04,12.47L14,11.47C14,11.47 17.05,8.24 17.2,7.95C17.34,7.67 17.91,6 16.5,6C15.27,6.05 15.41,7.3 15.41,7.3L13.87,7.31C13.87,7.31 13.88,6.65 14.25,6H13V18H15.58L15.57,17.14L16.54,17.13C16.54,17.13 17.45,16.97 17.46,16.08C17.5,15.08 16.65,15.08 16.5,15.08C16.37,15.08 15.43,15.13 15.43,15.95H13.91C13.91,15.95 13.95,13.89 16.5,13.89C19.1,13.89 18.96,15.91 18.96,15.91C18.96,15.91 19,17.16 17.85,17.63L18.37,18H20M8.92,16H7.42V10.2L5.62,10.76V9.53L8.76,8.41H8.92V16Z`,cellphone:`M17,19H7V5H17M17,1H7C5.89,1 5,1.89 5,3V21A2,2 0 0,0 7,23H17A2,2 0 0,0 19,21V3C19,1.89 18.1,1 17,1Z`,check:`M21,7L9,19L3.5,13.5L4.91,12.09L9,16.17L19.59,5.59L21,7Z`,checkBold:`M9,20.42L2.79,14.21L5.62,11.38L9,14.77L18.88,4.88L21.71,7.71L9,20.42Z`,clock:`M12,20A8,8 0 0,0 20,12A8,8 0 0,0 12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22C6.47,22 2,17.5 2,12A10,10 0 0,1 12,2M12.5,7V12.25L17,14.92L16.25,16.15L11,13V7H12.5Z`,clockAlert:`M11 7V13L16.2 16.1L17 14.9L12.5 12.2V7H11M20 12V18H22V12H20M20 20V22H22V20H20M18 20C16.3 21.3 14.3 22 12 22C6.5 22 2 17.5 2 12S6.5 2 12 2C16.8 2 20.9 5.4 21.8 10H19.7C18.8 6.6 15.7 4 12 4C7.6 4 4 7.6 4 12S7.6 20 12 20C14.4 20 16.5 18.9 18 17.3V20Z`,close:`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,cloudOff:`M19.8 22.6L17.15 20H6.5Q4.2 20 2.6 18.4T1 14.5Q1 12.58 2.19 11.08 3.38 9.57 5.25 9.15 5.33 8.95 5.4 8.76 5.5 8.57 5.55 8.35L1.4 4.2L2.8 2.8L21.2 21.2M6.5 18H15.15L7.1 9.95Q7.05 10.23 7.03 10.5 7 10.73 7 11H6.5Q5.05 11 4.03 12.03 3 13.05 3 14.5 3 15.95 4.03 17 5.05 18 6.5 18M11.13 14M21.6 18.75L20.15 17.35Q20.58 17 20.79 16.54 21 16.08 21 15.5 21 14.45 20.27 13.73 19.55 13 18.5 13H17V11Q17 8.93 15.54 7.46 14.08 6 12 6 11.33 6 10.7 6.16 10.07 6.33 9.5 6.68L8.05 5.23Q8.93 4.63 9.91 4.31 10.9 4 12 4 14.93 4 16.96 6.04 19 8.07 19 11 20.73 11.2 21.86 12.5 23 13.78 23 15.5 23 16.5 22.63 17.31 22.25 18.15 21.6 18.75M14.83 12.03Z`,cog:`M12,15.5A3.5,3.5 0 0,1 8.5,12A3.5,3.5 0 0,1 12,8.5A3.5,3.5 0 0,1 15.5,12A3.5,3.5 0 0,1 12,15.5M19.43,12.97C19.47,12.65 19.5,12.33 19.5,12C19.5,11.67 19.47,11.34 19.43,11L21.54,9.37C21.73,9.22 21.78,8.95 21.66,8.73L19.66,5.27C19.54,5.05 19.27,4.96 19.05,5.05L16.56,6.05C16.04,5.66 15.5,5.32 14.87,5.07L14.5,2.42C14.46,2.18 14.25,2 14,2H10C9.75,2 9.54,2.18 9.5,2.42L9.13,5.07C8.5,5.32 7.96,5.66 7.44,6.05L4.95,5.05C4.73,4.96 4.46,5.05 4.34,5.27L2.34,8.73C2.21,8.95 2.27,9.22 2.46,9.37L4.57,11C4.53,11.34 4.5,11.67 4.5,12C4.5,12.33 4.53,12.65 4.57,12.97L2.46,14.63C2.27,14.78 2.21,15.05 2.34,15.27L4.34,18.73C4.46,18.95 4.73,19.03 4.95,18.95L7.44,17.94C7.96,18.34 8.5,18.68 9.13,18.93L9.5,21.58C9.54,21.82 9.75,22 10,22H14C14.25,22 14.46,21.82 14.5,21.58L14.87,18.93C15.5,18.67 16.04,18.34 16.56,17.94L19.05,18.95C19.27,19.03 19.54,18.95 19.66,18.73L21.66,15.27C21.78,15.05 21.73,14.78 21.54,14.63L19.43,12.97Z`,copy:`M19,21H8V7H19M19,5H8A2,2 0 0,0 6,7V21A2,2 0 0,0 8,23H19A2,2 0 0,0 21,21V7A2,2 0 0,0 19,5M16,1H4A2,2 0 0,0 2,3V17H4V3H16V1Z`,delete:`M6,19A2,2 0 0,0 8,21H16A2,2 0 0,0 18,19V7H6V19M8,9H16V19H8V9M15.5,4L14.5,3H9.5L8.5,4H5V6H19V4H15.5Z`,door:`M16 11H18V13H16V11M12 3H19A2 2 0 0 1 21 5V19H22V21H2V19H10V5A2 2 0 0 1 12 3M12 5V19H19V5M6.2 5H2.8V4.5A1.7 1.7 0 0 1 6.2 4.5M7 5V4.5A2.5 2.5 0 0 0 2 4.5V5A1 1 0 0 0 1 6V10A1 1 0 0 0 2 11H7A1 1 0 0 0 8 10V6A1 1 0 0 0 7 5`,down:`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`,eye:`M12,9A3,3 0 0,0 9,12A3,3 0 0,0 12,15A3,3 0 0,0 15,12A3,3 0 0,0 12,9M12,17A5,5 0 0,1 7,12A5,5 0 0,1 12,7A5,5 0 0,1 17,12A5,5 0 0,1 12,17M12,4.5C7,4.5 2.73,7.61 1,12C2.73,16.39 7,19.5 12,19.5C17,19.5 21.27,16.39 23,12C21.27,7.61 17,4.5 12,4.5Z`,eyeOff:`M11.83,9L15,12.16C15,12.11 15,12.05 15,12A3,3 0 0,0 12,9C11.94,9 11.89,9 11.83,9M7.53,9.8L9.08,11.35C9.03,11.56 9,11.77 9,12A3,3 0 0,0 12,15C12.22,15 12.44,14.97 12.65,14.92L14.2,16.47C13.53,16.8 12.79,17 12,17A5,5 0 0,1 7,12C7,11.21 7.2,10.47 7.53,9.8M2,4.27L4.28,6.55L4.73,7C3.08,8.3 1.78,10 1,12C2.73,16.39 7,19.5 12,19.5C13.55,19.5 15.03,19.2 16.38,18.66L16.81,19.08L19.73,22L21,20.73L3.27,3M12,7A5,5 0 0,1 17,12C17,12.64 16.87,13.26 16.64,13.82L19.57,16.75C21.07,15.5 22.27,13.86 23,12C21.27,7.61 17,4.5 12,4.5C10.6,4.5 9.26,4.75 8,5.2L10.17,7.35C10.74,7.13 11.35,7 12,7Z`,find:`M9.5,3A6.5,6.5 0 0,1 16,9.5C16,11.11 15.41,12.59 14.44,13.73L14.71,14H15.5L20.5,19L19,20.5L14,15.5V14.71L13.73,14.44C12.59,15.41 11.11,16 9.5,16A6.5,6.5 0 0,1 3,9.5A6.5,6.5 0 0,1 9.5,3M9.5,5C7,5 5,7 5,9.5C5,12 7,14 9.5,14C12,14 14,12 14,9.5C14,7 12,5 9.5,5Z`,gate:`M9 6V11H7V7H5V11H3V9H1V21H3V19H5V21H7V19H9V21H11V19H13V21H15V19H17V21H19V19H21V21H23V9H21V11H19V7H17V11H15V6H13V11H11V6H9M3 13H5V17H3V13M7 13H9V17H7V13M11 13H13V17H11V13M15 13H17V17H15V13M19 13H21V17H19V13Z`,help:`M11,18H13V16H11V18M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,6A4,4 0 0,0 8,10H10A2,2 0 0,1 12,8A2,2 0 0,1 14,10C14,12 11,11.75 11,15H13C13,12.75 16,12.5 16,10A4,4 0 0,0 12,6Z`,history:`M13.5,8H12V13L16.28,15.54L17,14.33L13.5,12.25V8M13,3A9,9 0 0,0 4,12H1L4.96,16.03L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.07,19 9.32,18.21 8.06,16.94L6.64,18.36C8.27,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,hourglass:`M6,2H18V8H18V8L14,12L18,16V16H18V22H6V16H6V16L10,12L6,8V8H6V2M16,16.5L12,12.5L8,16.5V20H16V16.5M12,11.5L16,7.5V4H8V7.5L12,11.5M10,6H14V6.75L12,8.75L10,6.75V6Z`,invite:`M15,14C12.33,14 7,15.33 7,18V20H23V18C23,15.33 17.67,14 15,14M6,10V7H4V10H1V12H4V15H6V12H9V10M15,12A4,4 0 0,0 19,8A4,4 0 0,0 15,4A4,4 0 0,0 11,8A4,4 0 0,0 15,12Z`,invited:`M10.63,14.1C12.23,10.58 16.38,9.03 19.9,10.63C23.42,12.23 24.97,16.38 23.37,19.9C22.24,22.4 19.75,24 17,24C14.3,24 11.83,22.44 10.67,20H1V18C1.06,16.86 1.84,15.93 3.34,15.18C4.84,14.43 6.72,14.04 9,14C9.57,14 10.11,14.05 10.63,14.1V14.1M9,4C10.12,4.03 11.06,4.42 11.81,5.17C12.56,5.92 12.93,6.86 12.93,8C12.93,9.14 12.56,10.08 11.81,10.83C11.06,11.58 10.12,11.95 9,11.95C7.88,11.95 6.94,11.58 6.19,10.83C5.44,10.08 5.07,9.14 5.07,8C5.07,6.86 5.44,5.92 6.19,5.17C6.94,4.42 7.88,4.03 9,4M17,22A5,5 0 0,0 22,17A5,5 0 0,0 17,12A5,5 0 0,0 12,17A5,5 0 0,0 17,22M16,14H17.5V16.82L19.94,18.23L19.19,19.53L16,17.69V14Z`,keyPlus:`M7.5 3C9.5 3 11.1 4.2 11.7 6H21V9H18V12H15V9H11.7C11.1 10.8 9.4 12 7.5 12C5 12 3 10 3 7.5S5 3 7.5 3M7.5 6C6.7 6 6 6.7 6 7.5S6.7 9 7.5 9 9 8.3 9 7.5 8.3 6 7.5 6M8 17H11V14H13V17H16V19H13V22H11V19H8V17Z`,keypad:`M12,19A2,2 0 0,0 10,21A2,2 0 0,0 12,23A2,2 0 0,0 14,21A2,2 0 0,0 12,19M6,1A2,2 0 0,0 4,3A2,2 0 0,0 6,5A2,2 0 0,0 8,3A2,2 0 0,0 6,1M6,7A2,2 0 0,0 4,9A2,2 0 0,0 6,11A2,2 0 0,0 8,9A2,2 0 0,0 6,7M6,13A2,2 0 0,0 4,15A2,2 0 0,0 6,17A2,2 0 0,0 8,15A2,2 0 0,0 6,13M18,5A2,2 0 0,0 20,3A2,2 0 0,0 18,1A2,2 0 0,0 16,3A2,2 0 0,0 18,5M12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17A2,2 0 0,0 14,15A2,2 0 0,0 12,13M18,13A2,2 0 0,0 16,15A2,2 0 0,0 18,17A2,2 0 0,0 20,15A2,2 0 0,0 18,13M18,7A2,2 0 0,0 16,9A2,2 0 0,0 18,11A2,2 0 0,0 20,9A2,2 0 0,0 18,7M12,7A2,2 0 0,0 10,9A2,2 0 0,0 12,11A2,2 0 0,0 14,9A2,2 0 0,0 12,7M12,1A2,2 0 0,0 10,3A2,2 0 0,0 12,5A2,2 0 0,0 14,3A2,2 0 0,0 12,1Z`,keypadHint:`M12,2A6,6 0 0,0 6,8V16A6,6 0 0,0 12,22A6,6 0 0,0 18,16V8A6,6 0 0,0 12,2M8,6H10V8H8V6M11,6H13V8H11V6M14,6H16V8H14V6M8,9H10V11H8V9M11,9H13V11H11V9M14,9H16V11H14V9M8,12H10V14H8V12M11,12H13V14H11V12M14,12H16V14H14V12M12,16A2,2 0 0,1 14,18A2,2 0 0,1 12,20A2,2 0 0,1 10,18A2,2 0 0,1 12,16Z`,lock:`M12,17A2,2 0 0,0 14,15C14,13.89 13.1,13 12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6A2,2 0 0,1 4,20V10C4,8.89 4.9,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,menu:`M3,6H21V8H3V6M3,11H21V13H3V11M3,16H21V18H3V16Z`,message:`M20,2A2,2 0 0,1 22,4V16A2,2 0 0,1 20,18H6L2,22V4C2,2.89 2.9,2 4,2H20M4,4V17.17L5.17,16H20V4H4M6,7H18V9H6V7M6,11H15V13H6V11Z`,microphone:`M12,2A3,3 0 0,1 15,5V11A3,3 0 0,1 12,14A3,3 0 0,1 9,11V5A3,3 0 0,1 12,2M19,11C19,14.53 16.39,17.44 13,17.93V21H11V17.93C7.61,17.44 5,14.53 5,11H7A5,5 0 0,0 12,16A5,5 0 0,0 17,11H19Z`,more:`M12,16A2,2 0 0,1 14,18A2,2 0 0,1 12,20A2,2 0 0,1 10,18A2,2 0 0,1 12,16M12,10A2,2 0 0,1 14,12A2,2 0 0,1 12,14A2,2 0 0,1 10,12A2,2 0 0,1 12,10M12,4A2,2 0 0,1 14,6A2,2 0 0,1 12,8A2,2 0 0,1 10,6A2,2 0 0,1 12,4Z`,next:`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,offline:`M2.28,3L1,4.27L2.47,5.74C2.04,6 1.61,6.29 1.2,6.6L3,9C3.53,8.6 4.08,8.25 4.66,7.93L6.89,10.16C6.15,10.5 5.44,10.91 4.8,11.4L6.6,13.8C7.38,13.22 8.26,12.77 9.2,12.47L11.75,15C10.5,15.07 9.34,15.5 8.4,16.2L12,21L14.46,17.73L17.74,21L19,19.72M12,3C9.85,3 7.8,3.38 5.9,4.07L8.29,6.47C9.5,6.16 10.72,6 12,6C15.38,6 18.5,7.11 21,9L22.8,6.6C19.79,4.34 16.06,3 12,3M12,9C11.62,9 11.25,9 10.88,9.05L14.07,12.25C15.29,12.53 16.43,13.07 17.4,13.8L19.2,11.4C17.2,9.89 14.7,9 12,9Z`,ok:`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.41 10.59L10 14.17L17.59 6.58L19 8L10 17Z`,open:`M14,3V5H17.59L7.76,14.83L9.17,16.24L19,6.41V10H21V3M19,19H5V5H12V3H5C3.89,3 3,3.9 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V12H19V19Z`,pause:`M14,19H18V5H14M6,19H10V5H6V19Z`,people:`M16 17V19H2V17S2 13 9 13 16 17 16 17M12.5 7.5A3.5 3.5 0 1 0 9 11A3.5 3.5 0 0 0 12.5 7.5M15.94 13A5.32 5.32 0 0 1 18 17V19H22V17S22 13.37 15.94 13M15 4A3.39 3.39 0 0 0 13.07 4.59A5 5 0 0 1 13.07 10.41A3.39 3.39 0 0 0 15 11A3.5 3.5 0 0 0 15 4Z`,person:`M12,4A4,4 0 0,1 16,8A4,4 0 0,1 12,12A4,4 0 0,1 8,8A4,4 0 0,1 12,4M12,14C16.42,14 20,15.79 20,18V20H4V18C4,15.79 7.58,14 12,14Z`,personOff:`M12,4A4,4 0 0,1 16,8C16,9.95 14.6,11.58 12.75,11.93L8.07,7.25C8.42,5.4 10.05,4 12,4M12.28,14L18.28,20L20,21.72L18.73,23L15.73,20H4V18C4,16.16 6.5,14.61 9.87,14.14L2.78,7.05L4.05,5.78L12.28,14M20,18V19.18L15.14,14.32C18,14.93 20,16.35 20,18Z`,phone:`M7 1C5.9 1 5 1.9 5 3V7H7V4H17V20H7V17H5V21C5 22.1 5.9 23 7 23H17C18.1 23 19 22.1 19 21V3C19 1.9 18.1 1 17 1H7M6 9C4.3 9 3 10.3 3 12S4.3 15 6 15C7.3 15 8.4 14.2 8.8 13H11V15H13V13H15V11H8.8C8.4 9.8 7.3 9 6 9M6 11C6.6 11 7 11.4 7 12S6.6 13 6 13 5 12.6 5 12 5.4 11 6 11Z`,plus:`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,refresh:`M17.65,6.35C16.2,4.9 14.21,4 12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20C15.73,20 18.84,17.45 19.73,14H17.65C16.83,16.33 14.61,18 12,18A6,6 0 0,1 6,12A6,6 0 0,1 12,6C13.66,6 15.14,6.69 16.22,7.78L13,11H20V4L17.65,6.35Z`,renew:`M12,6V9L16,5L12,1V4A8,8 0 0,0 4,12C4,13.57 4.46,15.03 5.24,16.26L6.7,14.8C6.25,13.97 6,13 6,12A6,6 0 0,1 12,6M18.76,7.74L17.3,9.2C17.74,10.04 18,11 18,12A6,6 0 0,1 12,18V15L8,19L12,23V20A8,8 0 0,0 20,12C20,10.43 19.54,8.97 18.76,7.74Z`,send:`M2,21L23,12L2,3V10L17,12L2,14V21Z`,share:`M18,16.08C17.24,16.08 16.56,16.38 16.04,16.85L8.91,12.7C8.96,12.47 9,12.24 9,12C9,11.76 8.96,11.53 8.91,11.3L15.96,7.19C16.5,7.69 17.21,8 18,8A3,3 0 0,0 21,5A3,3 0 0,0 18,2A3,3 0 0,0 15,5C15,5.24 15.04,5.47 15.09,5.7L8.04,9.81C7.5,9.31 6.79,9 6,9A3,3 0 0,0 3,12A3,3 0 0,0 6,15C6.79,15 7.5,14.69 8.04,14.19L15.16,18.34C15.11,18.55 15.08,18.77 15.08,19C15.08,20.61 16.39,21.91 18,21.91C19.61,21.91 20.92,20.61 20.92,19A2.92,2.92 0 0,0 18,16.08Z`,spare:`M19.79,15.41C20.74,13.24 20.74,10.75 19.79,8.59L17.05,9.83C17.65,11.21 17.65,12.78 17.06,14.17L19.79,15.41M15.42,4.21C13.25,3.26 10.76,3.26 8.59,4.21L9.83,6.94C11.22,6.35 12.79,6.35 14.18,6.95L15.42,4.21M4.21,8.58C3.26,10.76 3.26,13.24 4.21,15.42L6.95,14.17C6.35,12.79 6.35,11.21 6.95,9.82L4.21,8.58M8.59,19.79C10.76,20.74 13.25,20.74 15.42,19.78L14.18,17.05C12.8,17.65 11.22,17.65 9.84,17.06L8.59,19.79M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22A10,10 0 0,1 2,12A10,10 0 0,1 12,2M12,8A4,4 0 0,0 8,12A4,4 0 0,0 12,16A4,4 0 0,0 16,12A4,4 0 0,0 12,8Z`,warning:`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`};function E(e,t){customElements.get(e)||customElements.define(e,t)}function D(e,t=``){return b`<svg class="i ${t}" viewBox="0 0 24 24" aria-hidden="true">
<path d=${Ve[e]}></path>
</svg>`}function O(e){let[t=``,...n]=e.split(`@`);return b`<bdi>${t}${n.length?b`<wbr />@${n.join(`@`)}`:S}</bdi>`}var k=class extends T{static{this.properties={app:{attribute:!1}}}connectedCallback(){super.connectedCallback(),this.app.add(this)}disconnectedCallback(){super.disconnectedCallback(),this.app.remove(this)}get t(){return this.app.words.t.bind(this.app.words)}get n(){return this.app.words.n.bind(this.app.words)}};function He(e){let t=e.currentTarget.closest(`details`);t&&(t.open=!1)}function Ue(e){let t=e.currentTarget;t.contains(e.relatedTarget)||(t.open=!1)}function We(e){let t=e.currentTarget;if(!t.open)return;let n=[...t.querySelectorAll(`.pop button`)],r=n.findIndex(e=>e.matches(`:focus`)),i={ArrowDown:1,ArrowUp:-1}[e.key];if(i)n.at((r+i)%n.length)?.focus();else if(e.key===`Escape`)t.open=!1,t.querySelector(`summary`)?.focus();else return;e.preventDefault(),e.stopPropagation()}var Ge=72;function Ke(e,t){let n=e.querySelector(`.pop`);if(!n)return;Re(e.open?t().map(qe):S,n),n.classList.remove(`up`);let{bottom:r,height:i}=n.getBoundingClientRect(),a=e.getBoundingClientRect().top;n.classList.toggle(`up`,r>innerHeight-Ge&&a>i+Ge)}function qe(e){return b`<button role="menuitem" class=${e.bad?`bad`:``} @click=${t=>{He(t),e.run()}}>
${D(e.icon,`s`)}${e.label}
</button>`}function Je(e,t){let n=typeof t==`function`?t:()=>t;return b`<details
class="menu-at"
@toggle=${e=>Ke(e.currentTarget,n)}
@focusout=${Ue}
@keydown=${We}
>
<summary class="ib sec" aria-label=${e} aria-haspopup="menu">${D(`more`)}</summary>
<div class="pop" role="menu"></div>
</details>`}function A({tone:e=``,icon:t,title:n,text:r,action:i}){return b`<div class="note ${e}" role=${e===`bad`?`alert`:`status`}>
${D(t)}
<div>
<span>${n?b`<b class="b">${n}</b> `:S}${r}</span>
${i?b`<button class="btn" @click=${i.run}>${i.label}</button>`:S}
</div>
</div>`}function j(e,t,n){return b`<span class="tag ${e}">${D(t)}${n}</span>`}function M(e,t,n,r){return b`<div class="empty">
${D(e)}
<h2>${t}</h2>
${n?b`<p class="sec">${n}</p>`:S} ${r??S}
</div>`}function Ye({words:e}){return b`<ha-card class="card"
>${M(`personOff`,e.t(`refused.title`),e.t(`refused.text`))}</ha-card
>`}function Xe(e){let{current:t}=e.notices;return b`<div class="toast" role=${t?.tone===`bad`?`alert`:`status`}>
${t?b`<div>
<span>${t.text}</span>
${t.action?b`<button class="btn" @click=${()=>{e.notices.clear(),t?.action?.run()}}>${t.action.label}</button>`:S}
</div>`:S}
</div>`}var Ze=3;async function N(e,t,n,r=!0){return(await e.callWS({type:`call_service`,domain:`codelocks`,service:t,service_data:n,return_response:r})).response}var Qe=(e,t)=>N(e,`plan_netcode`,t),$e=(e,t,n)=>N(e,`generate_netcode`,{...t,...n?{name:n}:{}}),et=(e,t)=>N(e,`get_netcodes`,{device_id:t,reveal:!0}),tt=(e,t)=>N(e,`withdraw_netcode`,{id:t}),nt=(e,t,n,r)=>N(e,`send_netcode`,{id:t,notify_entity_id:[n],...r?{message:r}:{}}),rt=(e,t)=>N(e,`refresh`,t?{device_id:t}:{}),it=(e,t,n,r)=>N(e,t,{device_id:n,email:r}),at=(e,t)=>e.callWS({type:`codelocks/reveal`,netcode_id:t});function ot(e){return e===Ze||e?.code===Ze}function P(e){let t=e?.message;return typeof t==`string`?t:``}function st(e){let t=e?.translation_key;return typeof t==`string`?t:``}async function ct(e,t){let{modes:n}=await N(e,`get_durations`,{device_id:t});return n.find(e=>/single|\bone|\bonce/i.test(`${e.mode} ${e.sub_mode}`))??null}async function lt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return dt(e)}}async function ut(e){try{let t=`text/plain`,n=e.then(e=>new Blob([e],{type:t}));return n.catch(()=>void 0),await navigator.clipboard.write([new ClipboardItem({[t]:n})]),!0}catch{return!1}}function dt(e){let t=!1,n=n=>{n.clipboardData?.setData(`text/plain`,e),n.preventDefault(),n.stopImmediatePropagation(),t=!0};document.addEventListener(`copy`,n,{capture:!0,once:!0});try{return document.execCommand(`copy`)&&t}catch{return!1}finally{document.removeEventListener(`copy`,n,{capture:!0})}}var ft=()=>typeof navigator.share==`function`;async function pt(e){try{await navigator.share({text:e})}catch{}}var F=o`:host{--cl-primary-text:color-mix(in srgb,var(--primary-color) 70%,var(--primary-text-color));--cl-primary-fill:color-mix(in srgb,var(--primary-color) 78%,black);--cl-tonal:var(--ha-color-fill-primary-normal-resting,color-mix(in srgb,var(--primary-color) 14%,transparent));--cl-on-tonal:color-mix(in srgb,var(--primary-color) 62%,var(--primary-text-color));--cl-touch:48px;--cl-font:var(--ha-font-family-body,Roboto,Noto,sans-serif);--cl-icon:var(--state-icon-color,var(--secondary-text-color));--cl-card:var(--ha-card-background,var(--card-background-color,#fff));--cl-neutral-fill:var(--ha-color-fill-neutral-normal-resting,var(--secondary-background-color));--cl-on-neutral:var(--ha-color-on-neutral-normal,var(--secondary-text-color));--cl-ok-fill:var(--ha-color-fill-success-normal-resting,color-mix(in srgb,var(--success-color) 20%,var(--cl-card)));--cl-on-ok:var(--ha-color-on-success-normal,color-mix(in srgb,var(--success-color) 50%,var(--primary-text-color)));--cl-warn-fill:var(--ha-color-fill-warning-normal-resting,color-mix(in srgb,var(--warning-color) 20%,var(--cl-card)));--cl-on-warn:var(--ha-color-on-warning-normal,color-mix(in srgb,var(--warning-color) 45%,var(--primary-text-color)));--cl-bad-fill:var(--ha-color-fill-danger-normal-resting,color-mix(in srgb,var(--error-color) 16%,var(--cl-card)));--cl-on-bad:var(--ha-color-on-danger-normal,color-mix(in srgb,var(--error-color) 70%,var(--primary-text-color)));display:block;color:var(--primary-text-color);font:400 var(--ha-font-size-m,14px)/1.43 var(--cl-font);-webkit-font-smoothing:antialiased}:host([hidden]){display:none}*{box-sizing:border-box}.i{width:24px;height:24px;fill:currentColor;flex:none}.flip:dir(rtl){scale:-1 1}.i.s{width:20px;height:20px}.i.xs{width:16px;height:16px}a{color:var(--cl-primary-text)}h2{font-size:var(--ha-font-size-l,16px);font-weight:500;line-height:24px;margin:0}h3{font-size:var(--ha-font-size-m,14px);font-weight:500;line-height:20px;margin:0}p{margin:0}.sec{color:var(--secondary-text-color)}.small{font-size:var(--ha-font-size-s,12px);line-height:16px}.num{font-variant-numeric:tabular-nums;white-space:nowrap}.b{font-weight:500}.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}:focus-visible{outline:2px solid var(--cl-primary-text);outline-offset:2px}.clip{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.two{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}bdi{unicode-bidi:isolate}.btn{display:inline-flex;align-items:center;justify-content:center;gap:8px;min-height:var(--cl-touch);padding:4px 20px;border:0;border-radius:24px;cursor:pointer;font:500 var(--ha-font-size-m,14px)/20px var(--cl-font);text-decoration:none;background:none;color:var(--cl-primary-text);text-align:center}.btn.fill{background:var(--cl-primary-fill);color:var(--text-primary-color,#fff)}.btn.tonal{background:var(--cl-tonal);color:var(--cl-on-tonal)}.btn.danger{color:var(--cl-on-bad)}.btn.danger.fill{background:#b30532;background:color-mix(in srgb,var(--error-color) 75%,black);color:#fff}.btn.plain{padding-inline:12px}.btn[disabled]{background:var(--cl-neutral-fill);color:var(--secondary-text-color);cursor:default}.btn.wide{width:100%}.btn.big{min-height:56px;border-radius:28px;font-size:var(--ha-font-size-l,16px)}.btns{display:flex;gap:8px;flex-wrap:wrap}@media (min-width:600px){.head .btn{min-height:40px;border-radius:20px}}.ib{display:inline-flex;align-items:center;justify-content:center;width:48px;height:48px;flex:none;border:0;border-radius:50%;background:none;color:var(--primary-text-color);cursor:pointer;text-decoration:none;padding:0}.ib[disabled]{opacity:0.4;cursor:default}.ib.sec{color:var(--secondary-text-color)}.btn:hover,.ib:hover,.row:hover,.chip:hover{background-image:linear-gradient(color-mix(in srgb,currentColor 6%,transparent) 0 0)}`,I=o`.tag{display:inline-flex;align-items:center;gap:4px;min-height:24px;padding-block:2px;padding-inline:6px 8px;border-radius:12px;font-size:12px;line-height:16px;font-weight:500;background:var(--cl-neutral-fill);color:var(--cl-on-neutral);max-width:100%}.tag .i{width:16px;height:16px}.tag.ok{background:var(--cl-ok-fill);color:var(--cl-on-ok)}.tag.warn{background:var(--cl-warn-fill);color:var(--cl-on-warn)}.tag.bad{background:var(--cl-bad-fill);color:var(--cl-on-bad)}.tag.info{background:var(--cl-tonal);color:var(--cl-on-tonal)}.note{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 12px;padding:12px 16px;border-radius:8px;background:var(--cl-neutral-fill)}.note > .i{color:var(--cl-on-neutral)}.note > div{display:grid;gap:4px;align-content:center;min-height:24px}.note .btn{justify-self:start;margin-inline-start:-12px;padding-inline:12px;min-height:48px;margin-block:-4px -8px;color:inherit;text-decoration:underline;text-underline-offset:3px}.note.warn{background:var(--cl-warn-fill)}.note.warn > .i{color:var(--cl-on-warn)}.note.bad{background:var(--cl-bad-fill)}.note.bad > .i{color:var(--cl-on-bad)}.note.ok{background:var(--cl-ok-fill)}.note.ok > .i{color:var(--cl-on-ok)}.note.info{background:var(--cl-tonal)}.note.info > .i{color:var(--cl-on-tonal)}`,L=o`.empty{display:grid;justify-items:center;gap:12px;text-align:center;padding:40px 24px;max-width:460px;margin-inline:auto}.empty > .i{width:56px;height:56px;color:var(--cl-icon)}.empty h2{font-size:20px;line-height:28px}.bone{border-radius:8px;background:var(--secondary-background-color);height:16px}.bone.r{width:40px;height:40px;border-radius:50%}`,mt=o`.toast{position:fixed;z-index:7;inset-inline:16px;bottom:16px;display:flex;justify-content:center;pointer-events:none}.toast > div{display:flex;align-items:center;gap:8px;min-height:48px;max-width:600px;padding-block:4px;padding-inline:16px 8px;border-radius:8px;background:var(--primary-text-color);color:var(--primary-background-color);pointer-events:auto;overflow-wrap:anywhere}.toast .btn{color:inherit;text-decoration:underline;text-underline-offset:3px}`,R=o`.list{display:block;list-style:none;margin:0;padding:0}.row{display:grid;grid-template-columns:24px minmax(0,1fr) auto;align-items:center;column-gap:16px;min-height:64px;padding-block:10px;padding-inline:16px 8px;color:inherit;text-decoration:none}.list > li + li > .row,.list > .row + .row{border-block-start:1px solid var(--divider-color)}.row > .i{color:var(--cl-icon)}.row > .body{min-width:0;display:grid;gap:2px;grid-template-columns:minmax(0,1fr);overflow-wrap:anywhere}.row > .i:last-child{color:var(--secondary-text-color)}@media (max-width:599px){.row:has(> .end > .btn){row-gap:0}.row > .end:has(> .btn){grid-column:2 / -1;justify-content:space-between;margin-inline-start:-12px;margin-block-end:-8px}.row:has(> .end > .btn) > .body{grid-column:2 / -1}}.row > .end{display:flex;align-items:center;gap:4px}.row .tags{display:flex;flex-wrap:wrap;gap:4px;margin-block-start:4px}.sub{padding:16px 16px 4px;font-size:14px;font-weight:500;color:var(--secondary-text-color)}@media (max-width:359px){.row > .end:has(> .ib ~ .ib){grid-column:2 / -1;justify-content:flex-end;margin-block:-4px -8px}.row:has(> .end > .ib ~ .ib) > .body{grid-column:2 / -1}}button.row{width:100%;border:0;background:none;font:inherit;text-align:start;cursor:pointer}.list > button.row + button.row{border-block-start:1px solid var(--divider-color)}.shown{display:inline-flex;align-items:center;gap:4px;font-size:20px;font-weight:500;font-variant-numeric:tabular-nums;direction:ltr;white-space:nowrap}.shown i{font-style:normal;margin-inline-start:6px}@media (prefers-reduced-motion:no-preference){.fresh{animation:fresh 1.2s ease-out 1}@keyframes fresh{from{background-color:var(--cl-tonal)}}}`,ht=o`.menu-at{position:relative;display:inline-block}.pop{position:absolute;z-index:6;inset-block-start:48px;inset-inline-end:4px;width:248px;padding-block:8px;border-radius:12px;background:var(--cl-card);border:1px solid var(--ha-card-border-color);box-shadow:0 4px 16px #00000033;display:grid}.pop.up{inset-block:auto 48px}.pop button{border:0;background:none;font:inherit;cursor:pointer;display:flex;align-items:center;gap:16px;min-height:48px;padding-inline:16px;color:inherit;text-decoration:none;text-align:start}.pop button .i{color:var(--secondary-text-color)}.pop button:hover{background:color-mix(in srgb,currentColor 6%,transparent)}.pop .bad,.pop .bad .i{color:var(--cl-on-bad)}`,gt=o`details > summary{list-style:none;cursor:pointer}details > summary::-webkit-details-marker{display:none}details[open] > summary .turn{rotate:180deg}`,_t=o`.time{list-style:none;margin:0;padding:0 16px 8px}.time li{display:grid;grid-template-columns:44px 24px minmax(0,1fr);gap:12px;padding-block:8px;position:relative;align-items:start}.time li > .num{color:var(--secondary-text-color);line-height:24px;text-align:end}.time li > .i{padding:2px;background:var(--cl-card);color:var(--cl-icon);z-index:1}.time li > .i.bad{color:var(--cl-on-bad)}.time li:not(:last-child)::after{content:"";position:absolute;inset-inline-start:67px;top:30px;bottom:-10px;width:2px;background:var(--divider-color)}.time li > div{line-height:24px;min-width:0;overflow-wrap:anywhere}.time li > div small{display:block;font-size:12px;line-height:16px;color:var(--secondary-text-color)}`,vt=o`.sheet{position:fixed;inset:0;margin:40px auto;padding:0;border:0;width:min(580px,100%);max-width:none;max-height:calc(100dvh - 80px);overflow:auto;background:var(--cl-card);color:inherit;border-radius:28px;box-shadow:0 8px 24px #00000040}.sheet[open]{display:flex;flex-direction:column}.sheet::backdrop{background:#00000052}.main{flex:1 0 auto}.sheet.question,.sheet.ask{width:min(420px,calc(100% - 32px));min-height:0;margin:auto;height:fit-content;border-radius:28px}:is(.question,.ask) > .main{padding:24px;gap:12px}:is(.question,.ask) .btns{justify-content:flex-end}.sheet.widest{width:min(760px,100%)}.sheet > .title{display:flex;align-items:center;gap:8px;padding:12px 12px 4px}.sheet > .title h2{font-size:20px;line-height:28px;flex:1;min-width:0}.main{padding:8px 24px 24px;display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}.foot{position:sticky;bottom:0;background:var(--cl-card);border-radius:0 0 28px 28px;border-block-start:1px solid var(--divider-color);padding:12px 24px 16px;display:grid;gap:12px}.foot .btns{justify-content:flex-end}@media (max-width:599px){.sheet:not(.question,.ask){width:100%;height:100dvh;max-height:none;margin:0;border-radius:0;box-shadow:none}.sheet > .title{padding:4px;border-block-end:var(--app-header-border-bottom)}.main{padding:16px;gap:16px;align-content:start;flex:1}.foot{border-radius:0;padding:12px 16px}.foot .btns{display:grid;grid-template-columns:1fr 1fr}.foot .btns > :only-child{grid-column:1 / -1}}@media (max-width:359px){.sheet{--cl-edge:12px}.main{padding:12px}.foot{padding:12px}.foot .btn{padding-inline:12px}}`,yt=o`.codes{display:grid;gap:12px}.code{display:grid;grid-template-columns:minmax(0,1fr) 48px;align-items:center;padding-block:12px;padding-inline:20px 8px;border-radius:16px;background:var(--cl-tonal)}.code > .of{font-size:16px;line-height:24px;font-weight:500;align-self:start}.code > output{grid-column:1;direction:ltr;justify-self:start;font-size:clamp(40px,13vw,56px);line-height:1.15;font-weight:500;font-variant-numeric:tabular-nums;letter-spacing:.02em;white-space:nowrap}.code > output i{font-style:normal;display:inline-block;margin-inline-start:.28em}.code > .ib{grid-column:2;grid-row:1 / span 2;align-self:center;color:var(--cl-on-tonal)}.code > .win{grid-column:1 / -1}.code.none{background:none;border:1px dashed color-mix(in srgb,var(--secondary-text-color) 70%,transparent);grid-template-columns:minmax(0,1fr);padding-inline-end:20px}.timer{display:flex;align-items:center;justify-content:center;gap:8px;min-height:24px;color:var(--secondary-text-color)}.timer progress{appearance:none;width:96px;height:4px;border:0;border-radius:2px;overflow:hidden;background:var(--divider-color)}.timer progress::-webkit-progress-bar{background:var(--divider-color)}.timer progress::-webkit-progress-value{background:var(--cl-primary-text)}.acts{display:grid;grid-template-columns:1fr 1fr;gap:8px}.acts > :first-child{grid-column:1 / -1}.acts .btn{padding-inline:12px}@media (min-width:600px){.acts{grid-template-columns:2fr 1fr 1fr}.acts > :first-child{grid-column:auto}.acts .btn.big{min-height:48px;font-size:14px}}.ok-line{display:flex;align-items:center;gap:8px;font-weight:500;color:var(--cl-on-ok)}.acts.two-acts > :last-child{grid-column:1 / -1}@media (min-width:600px){.acts.two-acts{grid-template-columns:1fr 1fr}.acts.two-acts > :last-child{grid-column:auto}}`,bt=o`.steps{display:flex;gap:6px;list-style:none;margin:0;padding:0}.steps li{flex:1;height:6px;border-radius:3px;background:var(--secondary-background-color)}.steps li.on{background:var(--cl-primary-text)}.keys{display:flex;flex-wrap:wrap;gap:8px;direction:ltr;justify-content:center;padding-block:16px}.key{min-width:48px;height:64px;padding-inline:8px;display:grid;place-items:center;border-radius:12px;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);box-shadow:0 2px 0 color-mix(in srgb,var(--secondary-text-color) 55%,transparent);font-size:32px;font-weight:500}@media (max-width:359px){.keys{gap:4px}.key{min-width:42px}}.lesson{display:grid;gap:8px;text-align:center}.do{font-size:24px;line-height:32px}.more{margin-inline-start:-12px}.hints{margin:0;padding-inline-start:20px}`,z=class extends k{constructor(...e){super(...e),this.close=()=>{this.mayClose()&&this.app.dialogs.close(this)},this.leave=()=>{this.app.dialogs.close(this)},this.cancel=e=>{e.preventDefault(),e.target===e.currentTarget&&this.close()}}static{this.styles=[F,I,gt,mt,vt]}static{this.properties={...k.properties,asking:{state:!0}}}open(e){e.appendChild(this),this.performUpdate(),this.app.dialogs.push(this),this.dialog?.showModal(),this.firstFocus()?.focus()}mayClose(){return!this.dirty||this.asking?!0:(this.asking=!0,!1)}closeNow(){this.dialog?.close(),this.remove(),this.app.changed()}updated(){let e=this.renderRoot.querySelector(`dialog.question`);e&&!e.open&&e.showModal()}get dirty(){return!1}get dialog(){return this.renderRoot.querySelector(`dialog.sheet:not(.question)`)}firstFocus(){return this.renderRoot.querySelector(`h2`)}frame(e,t,n){return this.frameAround(e,b`<div class="main">${t}</div>
<div class="foot">${n}</div>`)}frameAround(e,t){return b`<dialog
class="sheet"
aria-labelledby="title"
@cancel=${this.cancel}
@keydown=${this.onKey}
>
<div class="title">
<button class="ib" aria-label=${this.t(`dialog.close`)} @click=${this.close}>
${D(`close`)}
</button>
<h2 id="title" tabindex="-1"><bdi>${e}</bdi></h2>
</div>
${t} ${Xe(this.app)} ${this.asking?this.question():S}
</dialog>`}onKey(e){e.stopPropagation()}question(){let e=()=>{this.asking=!1};return b`<dialog class="sheet question" aria-labelledby="ask" @cancel=${e} @close=${e}>
<div class="main">
<h2 id="ask">${this.t(`dialog.leave`)}</h2>
<p>${this.t(`dialog.leave_text`)}</p>
<div class="btns">
<button class="btn" @click=${e}>${this.t(`dialog.stay`)}</button>
<button class="btn fill" @click=${this.leave}>${this.t(`dialog.discard`)}</button>
</div>
</div>
</dialog>`}};function xt(e,t,n={},r=()=>void 0){let i=document.createElement(e);Object.assign(i,{app:t},n),r(i),i.open(t.dialogHost)}E(`codelocks-ask`,class extends z{render(){let{title:e,text:t,confirm:n,run:r}=this.asked;return b`<dialog class="sheet ask" aria-labelledby="title" @cancel=${this.cancel}>
<div class="main">
<h2 id="title">${e}</h2>
<p>${t}</p>
<div class="btns">
<button class="btn" @click=${this.close}>${this.t(`dialog.cancel`)}</button>
<button class="btn fill danger" @click=${()=>{this.app.dialogs.close(this),r()}}>${n}</button>
</div>
</div>
</dialog>`}firstFocus(){return this.renderRoot.querySelector(`.btn`)}});var St=`component.codelocks.config_panel.`,Ct=/[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;function wt(e){return Ct.test(e)?`\u2068${e}\u2069`:e}var Tt=class{constructor(e,t){this.localize=e,this.language=t;let n=Intl.PluralRules.supportedLocalesOf([t]).length?t:`en`;this.plurals=new Intl.PluralRules(n),this.lists=new Intl.ListFormat(n,{style:`long`,type:`conjunction`})}t(e,t={}){let n=Object.fromEntries(Object.entries(t).map(([e,t])=>[e,typeof t==`string`?wt(t):t]));return this.localize(St+e,n)}n(e,t,n={}){let r={n:t,...n};return this.t(`${e}_${this.plurals.select(t)}`,r)||this.t(`${e}_other`,r)}list(e){return this.lists.format(e.map(wt))}};function Et(e,t){let[n=``]=e;return n.toLocaleUpperCase(t)+e.slice(n.length)}var Dt=36e5,Ot=24*Dt,kt=new Map;function At(e,t){let n=`${e}|${Object.entries(t).join(`|`)}`,r=kt.get(n);return r||(r=new Intl.DateTimeFormat(e,t),kt.set(n,r)),r}var jt=new Map,Mt=2e3;function B(e,t){let n=`${Math.floor(e/6e4)}${t}`,r=jt.get(n);return r||(jt.size>=Mt&&jt.clear(),r=Nt(e,t),jt.set(n,r)),r}function Nt(e,t){let n=At(`en-US`,{timeZone:t,hourCycle:`h23`,year:`numeric`,month:`numeric`,day:`numeric`,hour:`numeric`,minute:`numeric`}).formatToParts(e),r=e=>Number(n.find(t=>t.type===e)?.value),[i,a,o]=[r(`year`),r(`month`),r(`day`)],s=(new Date(Date.UTC(i,a-1,o)).getUTCDay()+6)%7;return{year:i,month:a,day:o,hour:r(`hour`),minute:r(`minute`),weekday:s}}function V(e,t){let{year:n,month:r,day:i}=B(e,t);return Date.UTC(n,r-1,i)/Ot}function H(e,t,n){let r=e*Ot+t*6e4,i=e=>{let t=B(e,n);return Date.UTC(t.year,t.month-1,t.day,t.hour,t.minute)-e},a=Math.floor(r/6e4)*6e4,o=a-i(a-Ot),s=a-i(a+Ot),c=[o,s].filter(e=>e+i(e)===a);return c.length?Math.min(...c):Math.max(o,s)}function Pt(e){if(e.time_format===`12`)return!0;if(e.time_format===`24`)return!1;let t=e.time_format===`system`?void 0:e.language;return!!new Intl.DateTimeFormat(t,{hour:`numeric`}).resolvedOptions().hour12}var Ft=class{constructor(e,t,n,r){this.words=e,this.locale=t,this.homeZone=n,this.clock=r,this.language=Intl.DateTimeFormat.supportedLocalesOf([t.language])[0]??`en`,this.hour12=Pt(t)}time(e,t){if(this.hour12)return At(this.language,{timeZone:t,hourCycle:`h12`,hour:`numeric`,minute:`2-digit`}).format(e);let{hour:n,minute:r}=B(e,t);return`${n}:${String(r).padStart(2,`0`)}`}day(e,t){let n=this.near(e,t);if(n)return n;let r=V(e,t)-V(this.clock(),t);return Math.abs(r)<=6?this.weekday(e,t):this.date(e,t,!1)}heading(e,t){let n=this.near(e,t);return n?this.alone(n):At(this.language,{timeZone:t,weekday:`long`,day:`numeric`,month:`long`}).format(e)}moment(e,t){let n=V(e,t)-V(this.clock(),t),r={day:this.day(e,t),time:this.time(e,t)};return this.words.t(Math.abs(n)<=6?`time.day_time`:`time.date_time`,r)}end(e,t){return V(e,t)===V(this.clock(),t)?this.time(e,t):this.moment(e,t)}full(e,t){let n=this.near(e,t),r=this.time(e,t);return n?this.words.t(`time.day_time`,{day:n,time:r}):this.words.t(`time.date_time`,{day:this.date(e,t,!0),time:r})}window(e,t,n){return this.words.t(`time.window`,this.edges(e,t,n,e=>this.full(e,n)))}short(e,t,n){let r=Math.abs(V(e,n)-V(this.clock(),n))<=6,i=V(t,n)-V(e,n)<=6;return this.words.t(`time.window`,this.edges(e,t,n,e=>e===t&&r&&i?this.weekdayTime(t,n):this.moment(e,n)))}weekdayTime(e,t){let n=this.near(e,t),r=n===this.words.t(`time.today`);return this.words.t(`time.day_time`,{day:r&&n?n:this.weekday(e,t),time:this.time(e,t)})}alone(e){return Et(e,this.words.language)}weekday(e,t){return At(this.language,{timeZone:t,weekday:`short`}).format(e)}weekdayName(e){return this.weekday(Date.UTC(2024,0,1+e,12),`UTC`)}hours(e){let[t=0,n=0]=e.split(`:`).map(Number);return this.time(Date.UTC(2024,0,1,t,n),`UTC`)}length(e){let t=e/Ot;return t>=2&&Number.isInteger(t)?this.words.n(`time.days`,t):this.words.n(`time.hours`,Math.round(e/Dt*10)/10)}isPastDay(e,t){return V(e,t)<V(this.clock(),t)}zoneName(e){return e===this.homeZone?null:e.split(`/`).at(-1)?.replaceAll(`_`,` `)??null}date(e,t,n){let r=B(e,t).year===B(this.clock(),t).year;return At(this.language,{timeZone:t,day:`numeric`,month:`short`,...n?{weekday:`short`}:{},...r?{}:{year:`numeric`}}).format(e)}near(e,t){let n=V(e,t)-V(this.clock(),t);return n===0?this.words.t(`time.today`):n===1?this.words.t(`time.tomorrow`):n===-1?this.words.t(`time.yesterday`):null}edges(e,t,n,r){let i=V(e,n)===V(t,n);return{start:r(e),end:i?this.time(t,n):r(t)}}};function U(e){return Date.parse(e)}var It=e=>e.replace(/[.*+?^${}()|[\]\\]/g,`\\$&`);function Lt(e){return new RegExp([...e].map(It).join(`[\\s.\\-\\u200b-\\u200f\\u2060]?`),`g`)}function Rt(e,t,n,r){let[i]=e;if(!i)return``;let a=e=>n.window(U(e.start),U(e.end),r(e.device_id)),o=e.every(e=>a(e)===a(i)),s=e.map(e=>t.t(o?`message.line`:`message.line_time`,{door:e.lock_name,netcode:e.netcode,window:a(e)}));return[o?zt(i,e.length,t,n,r(i.device_id)):t.n(`message.hello_times`,e.length),...s,t.t(`message.keypad`)].join(`
`)}function zt(e,t,n,r,i){let[a,o]=[U(e.start),U(e.end)];return r.isPastDay(a,i)?n.n(`message.hello_until`,t,{end:r.full(o,i)}):n.n(`message.hello`,t,{window:r.window(a,o,i)})}function Bt(e,t){return t.reduce((e,n,r)=>{if(!n)return e;let i=!t.includes(n,r+1),a=!0;return e.replace(Lt(n),e=>{let t=a||i;return a=!1,t?Ht(r):e})},e)}function Vt(e,t){return e.replace(Ut,(e,n)=>t[Number(n)]??``)}var Ht=e=>`\u0000${e}\u0000`,Ut=/\u0000(\d+)\u0000/g,Wt=/^[^\s\u0000]*\s*/;function Gt(e,t){let n=[];for(let r of Kt(e.replace(/[{}]/g,``),new Set(t.split(`
`)))){let e=n.at(-1),t=e&&!e.isList&&!r.isList&&e.codes[0]===r.codes[0];e&&(!e.codes.length||!r.codes.length||t)?(e.text+=r.text,e.isList||=r.isList,e.codes.length||(e.codes=r.codes)):n.push({...r})}return n.map(({text:e,codes:t})=>({codes:t,template:e.replace(Ut,`{netcode}`).trim()}))}function Kt(e,t){let n=[];for(let r of e.split(`
`)){let e=n.at(-1),i=qt(r);i.length!==1||!t.has(r)?n.push(...Jt(`${r}\n`)):e?.isList?e.codes.push(...i):n.push({text:`${r}\n`,codes:i,isList:!0})}return n.map(e=>e.isList?e.codes.length===1?{...e,isList:!1}:{...e,text:`{codes}
`}:e)}var qt=e=>[...new Set([...e.matchAll(Ut)].map(e=>Number(e[1])))];function Jt(e){let t=qt(e),[n=0]=t;if(t.length<2)return[{text:e,codes:t,isList:!1}];let r=e.lastIndexOf(Ht(n),e.indexOf(Ht(t[1]??0)))+Ht(n).length,i=r+(Wt.exec(e.slice(r))?.[0].length??0);return[{text:e.slice(0,i),codes:[n],isList:!1},...Jt(e.slice(i))]}var Yt=36e5,Xt=[20,22],Zt=4;function Qt(e,t){let{hour:n}=B(e,t),r=Array.from({length:Zt},(e,t)=>n+1+t);return[...new Set([...r,...Xt.filter(e=>e>n)])].filter(e=>e<=23).sort((e,t)=>e-t)}function $t(e,t,n){let r=V(t,n),{weekday:i}=B(t,n),a=e=>H(r+e,0,n);switch(e.kind){case`until`:return{start:t,end:H(r,e.hour*60,n)};case`1h`:return{start:t,end:t+Yt};case`2h`:return{start:t,end:t+2*Yt};case`today`:return{start:t,end:a(1)};case`tomorrow`:return{start:a(1),end:a(2)};case`weekend`:return i>=5?{start:t,end:a(7-i)}:{start:a(5-i),end:a(7-i)};case`other`:return nn(e.from,e.to,n)}}function en(e,t){let n=/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(e);if(!n)return null;let[r=0,i=0,a=0,o=0,s=0]=n.slice(1).map(Number);return H(Date.UTC(r,i-1,a)/864e5,o*60+s,t)}function tn(e,t){let{year:n,month:r,day:i,hour:a,minute:o}=B(e,t),s=e=>String(e).padStart(2,`0`);return{date:`${n}-${s(r)}-${s(i)}`,time:`${s(a)}:${s(o)}`}}function nn(e,t,n){let[r,i]=[en(e,n),en(t,n)];return r!==null&&i!==null&&i>r?{start:r,end:i}:null}function rn(e,t){let n;for(let r of e)r.device_id===t&&r.order&&r.issued_by===`action`&&(!n||U(r.issued_at)>U(n.issued_at))&&(n=r);if(!n)return[];let{order:r}=n,i=e.filter(e=>e.order===r&&e.device_id!==t);return[...new Set(i.map(e=>e.device_id))]}function an(e,t,n,r){let i=e=>U(e.start)<=U(t.start)&&U(e.end)>=U(t.end);return e.filter(e=>t.device_id.includes(e.device_id)&&(e.name??``)===n&&e.state!==`withdrawn`&&e.state!==`expired`&&(!r.has(e.id)||i(e))).flatMap(e=>e.netcode?[on(e,e.netcode,t)]:[])}function on(e,t,n=e){return{id:e.id,device_id:e.device_id,lock_name:e.lock_name,name:e.name,netcode:t,mode:e.mode,sub_mode:``,duration_id:null,start:e.start,end:e.end,requested_start:n.start,requested_end:n.end,cached:!1,spare:e.spare,warnings:e.warnings??[],warning_keys:e.warning_keys??[],shared_with:e.shared_with}}var sn=[0,3e3,5e3],cn=12,ln=e=>new Promise(t=>setTimeout(t,e));async function un(e,t,n,r){let i=new Set(e.store.codes.map(e=>e.id));try{return await $e(e.hass,t,n)}catch(a){if(!ot(a))throw a;return r(),dn(e,t,n,i)}}async function dn(e,t,n,r){let i=[];for(let a of sn)if(await ln(a),i=an(await fn(e,t),t,n,r),new Set(i.map(e=>e.device_id)).size===t.device_id.length)break;let a=new Set(i.map(e=>e.device_id));return{codes:t.device_id.flatMap(e=>i.filter(t=>t.device_id===e)),failed:t.device_id.filter(e=>!a.has(e)).map(t=>({device_id:t,lock_name:e.store.lock(t)?.name??``,error:``,error_key:`connection_lost`})),deliveries:[],netcode_calls_left:pn(e,t.device_id)}}async function fn(e,t){for(let n=0;n<cn;){for(;!e.store.connected;)await ln(500);try{return(await et(e.hass,t.device_id)).netcodes}catch(e){ot(e)||(n+=1),await ln(ot(e)?500:5e3)}}throw Object.assign(Error(),{translation_key:`unknown_outcome`})}function pn(e,t){let n=new Set(t.map(t=>e.store.lock(t)?.entry_id));return e.store.accounts.filter(e=>n.has(e.entry_id)).reduce((e,t)=>e+t.netcode.left,0)}var mn=250,hn=class{constructor(e,t){this.app=e,this.changed=t,this.answer=null,this.refusal=null,this.chain=null,this.turn=0}ask(e,t,n){clearTimeout(this.timer);let r=++this.turn;e?this.timer=setTimeout(()=>void this.run(r,e,t,n),mn):this.set(null,null,null)}stop(){clearTimeout(this.timer),this.turn++}async run(e,t,n,r){try{let i=await Qe(this.app.hass,r?await _n(this.app,t):t),a=n&&!r?await this.chainLength(t,i):null;e===this.turn&&this.set(i,null,a)}catch(t){e===this.turn&&this.set(null,gn(t),null)}}async chainLength(e,t){if(e.fit===`tight`)return t.codes.length;try{return(await Qe(this.app.hass,{...e,fit:`tight`})).codes.length}catch{return null}}set(e,t,n){this.answer=e,this.refusal=t,this.chain=n,this.changed()}};function gn(e){let t=e?.translation_placeholders,n=st(e),r=Number(t?.longest);return{text:P(e),key:n,longest:n.startsWith(`too_long`)&&Number.isFinite(r)?r:null}}async function _n(e,t){let n=await ct(e.hass,t.device_id[0]??``);return n?{...t,...n}:t}var vn=o`.chips{display:flex;flex-wrap:wrap;gap:8px}.chip{position:relative;display:inline-flex;align-items:center;gap:8px;min-height:var(--cl-touch);max-width:100%;padding:4px 16px;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);border-radius:12px;background:none;font:500 var(--ha-font-size-m,14px)/20px var(--cl-font);color:var(--primary-text-color);cursor:pointer}.chip input{position:absolute;inset:-1px;width:calc(100% + 2px);height:calc(100% + 2px);margin:0;opacity:0;cursor:pointer}.chip:has(:focus-visible){outline:2px solid var(--cl-primary-text);outline-offset:2px}.chip > svg{display:none}.chip > svg.stay{display:block;color:var(--cl-on-warn)}.chip:has(:checked){background:var(--cl-tonal);border-color:var(--cl-on-tonal);color:var(--cl-on-tonal);padding-inline-start:12px}.chip:has(:checked) > svg{display:block}.chips.hours{flex-wrap:nowrap;overflow-x:auto;margin-inline:calc(-1 * var(--cl-edge,16px));padding:3px var(--cl-edge,16px);scrollbar-width:none}.chips.hours .chip{flex:none;font-variant-numeric:tabular-nums}@media (min-width:600px){.chips.hours{flex-wrap:wrap}.chip{min-height:40px;padding:3px 14px}}.seg{display:inline-flex;border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);border-radius:24px;overflow:hidden;max-width:100%}.seg label{position:relative;display:inline-flex;align-items:center;justify-content:center;gap:6px;min-height:46px;padding-inline:20px;font-weight:500;cursor:pointer;white-space:nowrap}.seg label + label{border-inline-start:1px solid var(--divider-color)}.seg input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0}.seg label:has(:checked){background:var(--cl-tonal);color:var(--cl-on-tonal)}.seg label:has(:focus-visible){outline:2px solid var(--cl-primary-text);outline-offset:-3px}@media (max-width:599px){.seg{display:flex;width:100%}.seg label{flex:1;padding-inline:8px}}`,yn=o`.field{display:block;position:relative}.field > span{position:absolute;inset-block-start:8px;inset-inline-start:16px;font-size:12px;line-height:16px;color:var(--secondary-text-color)}.field input,.field select,.field textarea{width:100%;min-height:56px;padding:24px 16px 8px;font:400 16px/24px var(--cl-font);color:var(--primary-text-color);background:var(--input-fill-color,color-mix(in srgb,var(--primary-text-color) 5%,transparent));border:0;border-block-end:1px solid var(--input-idle-line-color,var(--secondary-text-color));border-radius:4px 4px 0 0;resize:vertical}.field textarea{display:block;font-size:14px;line-height:20px}.field input:focus,.field textarea:focus{outline:0;border-block-end:2px solid var(--cl-primary-text);padding-block-end:7px}.find{display:flex;align-items:center;gap:12px;min-height:48px;padding-inline:16px;border-radius:24px;background:var(--cl-card);border:1px solid color-mix(in srgb,var(--secondary-text-color) 55%,transparent);flex:1 1 240px;color:var(--secondary-text-color)}.find input{flex:1;min-width:0;border:0;outline:0;background:none;font:400 16px/24px var(--cl-font);color:var(--primary-text-color)}.find input::placeholder{color:var(--secondary-text-color);opacity:1}.find:focus-within{outline:2px solid var(--cl-primary-text);outline-offset:-1px}`,bn=o`fieldset{border:0;margin:0;padding:0;min-width:0;display:grid;gap:8px}legend{padding:0;margin-block-end:8px;font-weight:500}legend small{font-size:12px;font-weight:400;color:var(--secondary-text-color);margin-inline-start:8px}.from-to{display:grid;grid-template-columns:3fr 2fr;gap:8px}.check{display:grid;grid-template-columns:24px minmax(0,1fr);gap:12px;min-height:48px;align-items:center}.check input{width:20px;height:20px;margin:2px;accent-color:var(--cl-primary-fill)}.preview{display:grid;grid-template-columns:24px minmax(0,1fr);gap:0 12px}.preview > .i{color:var(--cl-primary-text)}.until{align-self:center;flex:none}.more{margin-block:-8px -12px;margin-inline-start:-12px}details > .stack{display:grid;gap:16px;padding-block-start:20px}.link:not(.row){border:0;padding:0;background:none;font:inherit;color:var(--cl-primary-text);text-decoration:underline;cursor:pointer}fieldset[disabled] .chip{cursor:default;opacity:0.7}.field > input[disabled]{opacity:0.7}`,xn=12;function W(e,t,n,r,i,a=S){return b`<label class="chip"
><input
type=${e}
name=${t}
.checked=${r}
@change=${e=>i(e.target.checked)}
/>${D(`check`,`s`)}${a}<span class="clip"><bdi>${n}</bdi></span></label
>`}function Sn(e){let{words:t,store:n,hass:r}=e.app,i=e.wanted.trim().toLocaleLowerCase(r.language),a=e.doors.filter((t,n)=>{if(e.chosen.has(t))return!0;let a=e.lockOf(t)?.name.toLocaleLowerCase(r.language)??``;return i?a.includes(i):n<xn}).slice(0,xn+20),o=e.lastTime.filter(t=>e.chosen.has(t)).map(e=>n.lock(e)?.name??``);return b`<fieldset ?disabled=${e.phase!==`form`}>
<legend>
${t.t(`make.doors`)}${o.length?b`<small>${t.t(`make.last_time`,{door:t.list(o)})}</small>`:S}
</legend>
${e.doors.length>xn?b`<label class="find"
>${D(`find`)}<input
type="search"
placeholder=${t.t(`doors.find`)}
aria-label=${t.t(`doors.find`)}
.value=${e.wanted}
@input=${t=>{e.wanted=t.target.value}}
/></label>`:S}
<div class="chips">${a.map(t=>Cn(e,t))}</div>
</fieldset>`}function Cn(e,t){let n=e.lockOf(t);if(!n)return S;let r=n.clock_problem===`lost`,i=n=>{let r=new Set(e.chosen);n&&r.size<20?r.add(t):r.delete(t),e.set({chosen:r})},a=r?b`${D(`clockAlert`,`s stay`)}<span class="vh"
>${e.app.words.t(`doors.clock_title`)}</span
>`:S;return W(`checkbox`,`door`,n.name,e.chosen.has(t),i,a)}var wn=[`1h`,`2h`,`today`,`tomorrow`,`weekend`];function Tn(e){let{words:t,times:n}=e.app,{when:r}=e,i=(t,n,r)=>W(`radio`,`when`,t,n,()=>e.set({when:r})),a=e=>n.hours(`${e}:00`);return b`<fieldset ?disabled=${e.phase!==`form`}>
<legend>${t.t(`make.when`)}</legend>
<div class="chips hours" role="presentation">
<span class="sec until">${t.t(`make.until`)}</span>
${Qt(e.app.now(),e.zone).map(n=>W(`radio`,`when`,a(n),r.kind===`until`&&r.hour===n,()=>e.set({when:{kind:`until`,hour:n}}),b`<span class="vh">${t.t(`make.until`)} </span>`))}
</div>
<div class="chips">
${wn.map(e=>i(t.t(`make.quick_${e}`),r.kind===e,{kind:e}))}
${W(`radio`,`when`,t.t(`make.other`),r.kind===`other`,()=>e.chooseOther())}
</div>
</fieldset>
${r.kind===`other`?Dn(e,r):S}`}function En(e){let t=Array.from({length:24},(e,t)=>`${String(t).padStart(2,`0`)}:00`);return t.includes(e)?t:[...t,e].sort()}function Dn(e,t){let{words:n,times:r}=e.app,i=(i,a)=>{let[o=``,s=``]=t[i].split(`T`),c=a===0?n.t(`make.${i}`):n.t(`make.time`),l=n=>{let{value:r}=n.target,c=a===0?`${r}T${s}`:`${o}T${r}`;e.set({when:{...t,[i]:c}})};return a===1?b`<label class="field"
><span>${c}</span
><select
aria-label=${`${n.t(`make.${i}`)}, ${c}`}
?disabled=${e.phase!==`form`}
@change=${l}
>
${En(s).map(e=>b`<option value=${e} .selected=${e===s}>${r.hours(e)}</option>`)}
</select></label
>`:b`<label class="field"
><span>${c}</span
><input
type="date"
.value=${o}
?disabled=${e.phase!==`form`}
@change=${l}
/></label>`};return b`<div class="from-to">
${i(`from`,0)}${i(`from`,1)}${i(`to`,0)}${i(`to`,1)}
</div>`}function On(e){let{words:t}=e.app,n=b`${kn(e)}${An(e)}`;return e.when.kind===`other`?n:b`<details @toggle=${t=>{let{open:n}=t.target;n!==e.moreOpen&&(e.moreOpen=n,n&&e.replan())}}>
<summary class="btn plain more">
${t.t(`make.more`)}${D(`down`,`s turn`)}
</summary>
<div class="stack">${n}</div>
</details>`}function kn(e){let{words:t}=e.app;return b`<fieldset ?disabled=${e.phase!==`form`}>
<legend>${t.t(`make.opens_how`)}</legend>
<div class="chips">
${W(`radio`,`often`,t.t(`make.often`),!e.once,()=>e.set({once:!1}))}
${W(`radio`,`often`,t.t(`make.once`),e.once,()=>e.set({once:!0,tight:!1}))}
</div>
</fieldset>`}function An(e){let{words:t}=e.app;if(e.once)return S;let{chain:n}=e.planner,r=n===null?``:t.t(`make.chain_costs`,{n});return b`<label class="check"
><input
type="checkbox"
.checked=${!e.tight}
?disabled=${e.phase!==`form`}
@change=${t=>e.set({tight:!t.target.checked})}
/><span
>${t.t(`make.one_code`)}<br /><span class="sec small"
>${t.t(`make.chain`)} ${r}</span
></span
></label
>`}var jn=36e5;function Mn(e,t){let n=new Map;for(let r of e){let[e,i]=[U(r.start),U(r.end)],a=n.get(r.device_id);if(a)a.start=Math.min(a.start,e),a.end=Math.max(a.end,i);else{let a=t(r.device_id);n.set(r.device_id,{door:r.lock_name,zone:a,start:e,end:i})}}return[...n.values()]}function Nn(e,t,n,r){let i=Mn(e.codes,r),a=i.map(e=>{let r=n.zoneName(e.zone),i=n.window(e.start,e.end,e.zone);return r?t.t(`make.window_zone`,{window:i,zone:r}):i});return{windows:new Set(a).size===1?[t.t(`make.opens`,{window:a[0]??``})]:i.map((e,n)=>t.t(`make.opens_door`,{door:e.door,window:a[n]??``})),notes:[...Pn(e.codes,i,t),...Fn(e,t),...In(e,t)]}}function Pn(e,[t],n){let[r]=e;if(!r||!t)return[];let i=Math.floor((U(r.requested_start)-t.start)/jn),a=r.requested_end?Math.floor((t.end-U(r.requested_end))/jn):0,[o,s]=[n.n(`time.hours_short`,i),n.n(`time.hours_short`,a)];return i>0&&a>0?[n.t(`make.early_late`,{x:o,y:s})]:i>0?[n.t(`make.early`,{x:o})]:a>0?[n.t(`make.late`,{y:s})]:[]}function Fn(e,t){let n=e.codes.filter(e=>!e.cached).length;return e.codes.length&&n===0?[t.t(`make.free`)]:[t.t(`make.costs`,{n,left:e.netcode_calls_left})]}function In(e,t){let n=[...new Set(e.codes.flatMap(e=>e.shared_with))];return n.length?[t.n(`make.shared`,n.length,{names:t.list(n)})]:[]}function Ln(e){let t=Math.floor(e.length/2);return b`${e.slice(0,t)}<i>${e.slice(t)}</i>`}function Rn(e){return[...e].join(` `)}function zn(e){let{code:t}=e,n=Math.floor(e.length/2);return b`<section class="code">
<span class="of two"><bdi>${e.door}</bdi></span>
${t===null?b`<output aria-label=${e.hiddenLabel}
>${`•`.repeat(n)}<i>${`•`.repeat(e.length-n)}</i></output
>`:b`<output aria-label=${Rn(t)}>${Ln(t)}</output>`}
<button
class="ib"
aria-label=${t===null?e.showLabel:e.copied?e.copiedLabel:e.copyLabel}
@click=${t===null?e.show:e.copy}
>
${D(t===null?`eye`:e.copied?`check`:`copy`)}
</button>
<span class="win">${e.window??S}</span>
</section>`}var Bn=[`now`,`later`,`over`],Vn=36e5;function Hn(e,t,n){return e.map(e=>({code:e,start:U(e.start),end:U(e.end),text:`${e.name??t}\n${e.lock_name}`.toLocaleLowerCase(n)}))}function Un(e,t){let n={now:[],later:[],over:[]};for(let r of e)n[r.end<=t?`over`:r.start>t?`later`:`now`].push(r);return n.now.sort((e,t)=>e.end-t.end||e.start-t.start),n.later.sort((e,t)=>e.start-t.start||e.end-t.end),n.over.sort((e,t)=>t.end-e.end||t.start-e.start),n}function Wn(e,t,n){let r=t.trim().toLocaleLowerCase(n);return r?e.filter(e=>e.text.includes(r)):e}var G=(e,t)=>U(e.end)<=t,Gn=(e,t)=>t<U(e.end)+Vn;function Kn(e,t,n){return t.order?e.filter(e=>e.order===t.order&&Gn(e,n)):[t]}var qn=new Set([`clock_is_lost`,`shared_code`,`spare_given`]);function Jn(e){return e.warnings.filter((t,n)=>!qn.has(e.warning_keys[n]??``))}function Yn(e,t){return e.store.lock(t.device_id)?.time_zone??e.hass.config.time_zone}function Xn(e,t,n){let{words:r,times:i,store:a}=e,o=G(t,e.now()),s=[];if(t.state===`withdrawn`){let a=i.end(U(t.end),Yn(e,t)),c=n&&!o?r.t(`codes.tag_opens`,{end:a}):r.t(`codes.tag_withdrawn`);s.push(j(`warn`,`blocked`,c))}if(t.spare&&s.push(j(`warn`,`spare`,r.t(`codes.tag_spare`))),t.shared_with.length){let e=r.list(t.shared_with);s.push(j(``,`people`,r.t(`codes.tag_shared`,{name:e})))}return o?s:(a.lock(t.device_id)?.clock_problem===`lost`&&s.push(j(`bad`,`clockAlert`,r.t(`codes.tag_clock`))),[...s,...Jn(t).map(e=>j(`warn`,`warning`,e))])}function Zn(e,t){let{words:n,times:r}=e,i=Yn(e,t),[a,o]=[U(t.start),U(t.end)],s=r.isPastDay(a,i)&&!G(t,e.now())?n.t(`doors.until`,{end:r.full(o,i)}):r.short(a,o,i),c=r.zoneName(i);return c?n.t(`make.window_zone`,{window:s,zone:c}):s}function Qn(e,t){return t.issued_by===`action`?t.issued_user?e.words.t(`codes.way_here`,{user:t.issued_user}):e.words.t(`codes.way_automation`):e.words.t(`codes.way_${t.issued_by}`)}function $n(e){return{action:e.issued_user?`person`:`cog`,booking:`bed`,visitor:`invited`,text:`message`,calendar:`calendar`,voice:`microphone`}[e.issued_by]}var er=class{constructor(e,t=()=>void 0){this.host=e,this.dropping=t,this.value=null,this.left=0,this.until=0,this.drop=()=>{clearInterval(this.timer),this.value!==null&&this.dropping(this.value),this.value=null,this.left=0,this.host.requestUpdate()},this.onHidden=()=>{document.visibilityState===`hidden`&&this.drop()},e.addController(this)}hostConnected(){document.addEventListener(`visibilitychange`,this.onHidden),window.addEventListener(`pagehide`,this.drop)}hostDisconnected(){document.removeEventListener(`visibilitychange`,this.onHidden),window.removeEventListener(`pagehide`,this.drop),this.drop()}show(e){document.visibilityState===`hidden`?this.dropping(e):(this.value=e,this.again())}again(){clearInterval(this.timer),this.until=performance.now()+6e4,this.left=60,this.timer=setInterval(()=>this.count(),1e3),this.host.requestUpdate()}count(){this.left=Math.max(0,Math.ceil((this.until-performance.now())/1e3)),this.left===0?this.drop():this.host.requestUpdate()}},tr=8e3,nr=class{constructor(e){this.changed=e,this.current=null}tell(e){clearTimeout(this.timer),this.current=e,this.timer=setTimeout(()=>this.clear(),tr),this.changed()}clear(){clearTimeout(this.timer),this.current=null,this.changed()}},rr=[],ir=5e3,ar=40,or=class{constructor(e,t){this.changed=e,this.now=t,this.state=`loading`,this.accounts=[],this.locks=[],this.codes=[],this.orders=[],this.connected=!0,this.heardAt=0,this.fresh=new Set,this.onReady=()=>{this.connected=!0,this.changed()},this.onLost=()=>{this.connected&&(this.heardAt=this.now()),this.connected=!1,this.changed()}}attach(e){e!==this.connection&&(this.detach(),this.connection=e,this.connected=e.connected,e.addEventListener(`ready`,this.onReady),e.addEventListener(`disconnected`,this.onLost),this.subscribe())}detach(){clearTimeout(this.retry),this.connection?.removeEventListener(`ready`,this.onReady),this.connection?.removeEventListener(`disconnected`,this.onLost),this.unsubscribe?.then(e=>e?.()).catch(()=>void 0),this.connection=void 0,this.unsubscribe=void 0}lock(e){return this.locks.find(t=>t.device_id===e)}account(e){return this.accounts.find(t=>t.entry_id===e)}codesOf(e){return this.byDevice??=sr(this.codes),this.byDevice.get(e)??rr}mayIssue(e){let t=this.account(e.entry_id);return!!t?.may_issue&&t?.state===`ok`}subscribe(){let{connection:e}=this;if(!e)return;let t=t=>{e===this.connection&&this.hear(t)};this.unsubscribe=e.subscribeMessage(t,{type:`codelocks/subscribe`}).catch(e=>{this.fail(e)})}hear(e){e.codes&&this.state===`ready`&&this.markFresh(e.codes);for(let t of[`accounts`,`locks`,`codes`,`orders`])e[t]&&Object.assign(this,{[t]:e[t]});e.codes&&(this.byDevice=void 0),this.heardAt=this.now(),this.state=`ready`,this.changed()}markFresh(e){let t=new Set(this.codes.map(e=>e.id)),n=e.filter(e=>!t.has(e.id));n.length<=ar&&n.forEach(e=>this.fresh.add(e.id))}fail(e){let t=e?.code;this.state=t===`unauthorized`?`refused`:`failed`,this.state===`failed`&&(this.retry=setTimeout(()=>this.subscribe(),ir)),this.changed()}};function sr(e){let t=new Map;for(let n of e){let e=t.get(n.device_id);e?e.push(n):t.set(n.device_id,[n])}return t}var cr=()=>history.state?.codelocks??0,lr=class{constructor(){this.open=[],this.onBack=()=>{for(;this.open.length>cr();){let e=this.open.at(-1);if(!e)return;if(!e.mayClose()){this.pushState();return}this.open.pop(),e.closeNow()}}}start(){window.addEventListener(`popstate`,this.onBack)}stop(){for(window.removeEventListener(`popstate`,this.onBack);this.open.length;)this.open.pop()?.closeNow()}get size(){return this.open.length}push(e){this.open.push(e),this.pushState()}close(e){this.open.at(-1)===e&&(this.open.pop(),e.closeNow(),cr()>this.open.length&&history.back())}pushState(){let e={...history.state,codelocks:this.open.length};history.pushState(e,``)}},ur=`/codelocks`,dr=[{slug:`doors`,icon:`door`,makes:!0,render:e=>b`<codelocks-doors .app=${e}></codelocks-doors>`},{slug:`codes`,icon:`keypad`,makes:!0,render:(e,t)=>b`<codelocks-codes .app=${e} .codeId=${t}></codelocks-codes>`},{slug:`bookings`,icon:`bookings`,render:e=>b`<codelocks-bookings .app=${e}></codelocks-bookings>`},{slug:`calls`,icon:`calls`,render:e=>b`<codelocks-calls .app=${e}></codelocks-calls>`},{slug:`door`,icon:null,render:(e,t)=>b`<codelocks-door .app=${e} .deviceId=${t}></codelocks-door>`}];function fr(e,t=dr){let[n=``,r=``]=e.replace(/^\//,``).split(`/`),i=t.find(e=>e.slug===n)??t[0];if(!i)throw Error(`no views`);return{view:i,id:i.slug===n?mr(r):``}}function K(e,t){return[ur,e,...t?[encodeURIComponent(t)]:[]].join(`/`)}function q(e){let t=`/config/integrations/integration/codelocks`;return e?`${t}#config_entry=${encodeURIComponent(e)}`:t}function pr(e){return dr.some(t=>t.slug===e)}function J(e,t=!1){t?history.replaceState(history.state,``,e):history.pushState(null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}}))}function mr(e){try{return decodeURIComponent(e)}catch{return``}}var hr=6e4,gr=2e3,_r=class{constructor(){this.store=new or(()=>this.changed(),()=>this.now()),this.notices=new nr(()=>this.changed()),this.dialogs=new lr,this.lastSentTo=null,this.hosts=new Set}get ready(){return!!this.spoken}now(){return Date.now()}setHass(e){let t=this.hass;this.hass=e,this.store.attach(e.connection),t?.language!==e.language&&this.load(e.language),t&&t.dockedSidebar!==e.dockedSidebar&&this.changed(),(t?.locale!==e.locale||t.config.time_zone!==e.config.time_zone)&&this.speak()}start(){this.tick??=setInterval(()=>this.changed(),hr/2),this.dialogs.start(),this.hass?.connection&&this.store.attach(this.hass.connection)}stop(){clearInterval(this.tick),this.tick=void 0,this.dialogs.stop(),this.store.detach()}add(e){this.hosts.add(e)}remove(e){this.hosts.delete(e)}changed(){for(let e of this.hosts)e.requestUpdate()}isFresh(e){let{fresh:t}=this.store;return this.dialogs.size||!t.has(e)?!1:(this.fading??=setTimeout(()=>{t.clear(),this.fading=void 0},gr),!0)}go(e,t){J(K(e,t))}tell(e){this.notices.tell(e)}fail(e){this.tell({tone:`bad`,text:P(e)||this.words.t(`offline.title`)})}notifyEntities(){let e=Object.values(this.hass.states).filter(e=>e.entity_id.startsWith(`notify.`)),t=e=>e.entity_id===this.lastSentTo?0:1;return e.sort((e,n)=>t(e)-t(n)||vr(e).localeCompare(vr(n),this.hass.language))}async load(e){this.loading=e;let t=await this.hass.loadBackendTranslation(`config_panel`,`codelocks`);this.loading===e&&(this.spoken={language:e,localize:t},this.speak())}speak(){if(!this.spoken)return;this.words=new Tt(this.spoken.localize,this.spoken.language);let{locale:e,config:t}=this.hass;this.times=new Ft(this.words,e,t.time_zone,()=>this.now()),this.changed()}};function vr(e){return e.attributes.friendly_name??e.entity_id}var yr=new WeakMap;function br(e,t,n){let r=e.notifyEntities(),i=yr.get(n);return r.length?b`<div class="list" role="group" aria-label=${e.words.t(`send.button`)}>
${r.map(r=>b`<button
class="row link"
@click=${()=>void xr(e,r.entity_id,vr(r),t(),n)}
>
${D(`send`,`flip`)}<span class="body"
><bdi>${vr(r)}</bdi>
${i?.entity===r.entity_id?b`<span class="sec" role=${i.ok?`status`:`alert`}>${i.text}</span>`:S}</span
>
</button>`)}
</div>`:b`<p class="sec">${e.words.t(`send.nobody`)}</p>`}async function xr(e,t,n,r,i){e.lastSentTo=t;try{let a=[];for(let{ids:n,message:i}of r){if(!a.every(e=>e.ok))break;a.push(...(await nt(e.hass,n,t,i)).deliveries)}let o=a.every(e=>e.ok);yr.set(i,{entity:t,ok:o,text:e.words.t(o?`send.sent`:`send.failed`,{name:n})})}catch(r){let a=P(r)||e.words.t(`send.failed`,{name:n});yr.set(i,{entity:t,ok:!1,text:a})}i.requestUpdate()}var Sr=e=>String(e).padStart(2,`0`);function Cr(e,t){let n=new Date(e+t*6e4);return{yy:Sr(n.getUTCFullYear()%100),yyyy:String(n.getUTCFullYear()),mm:Sr(n.getUTCMonth()+1),dd:Sr(n.getUTCDate()),hh:Sr(n.getUTCHours()),mi:Sr(n.getUTCMinutes())}}function wr(e,t){return e.replace(/\{(\w+)\}/g,(e,n)=>t[n]??``)}function Tr(e){return[...e].filter(e=>e.trim()!==``)}var Er=[`block`,`set_clock`,`start_anew`];E(`codelocks-coach`,class extends z{static{this.styles=[z.styles,bt]}static{this.properties={...z.properties,at:{state:!0}}}constructor(){super(),this.deviceId=``,this.lesson=`set_clock`,this.at=0}get lock(){return this.app.store.lock(this.deviceId)}begin(){this.read()}render(){let{lock:e}=this;if(!e)return this.frame(this.t(`coach.gone`),b``,this.doneFoot());let t=this.t(`coach.${this.lesson}`,{lock:e.name}),n=e.keypad[this.lesson],r=n[this.at];return r?this.frame(t,this.step(r,n.length),this.foot(r)):this.frame(t,this.end(),this.doneFoot())}step(e,t){let n=this.t(`coach.answer_${e.answer}`),r=this.at+1;return b`<ol class="steps" aria-hidden="true">
${Array.from({length:t},(e,t)=>t<=this.at?b`<li class="on"></li>`:b`<li></li>`)}
</ol>
<div class="lesson">
<span class="sec">${this.t(`coach.step`,{i:r,n:t})}</span>
<span class="do" tabindex="-1"
>${this.t(`coach.type`,{what:this.t(`coach.what_${e.what}`)})}</span
>
${this.keys(e)}
</div>
${this.lesson===`start_anew`&&this.at===0?A({tone:`warn`,icon:`warning`,text:this.t(`coach.anew_before`)}):S}
${A({tone:`info`,icon:`keypadHint`,...e.answer===`none`?{text:n}:{title:this.t(`coach.answers`),text:`${n} ${this.t(`coach.wait`)}`}})}
<details>
<summary class="btn plain more">
${this.t(`coach.other`)}${D(`down`,`s turn`)}
</summary>
<ul class="hints">
<li>${this.t(`coach.hint_again`)}</li>
<li>${this.t(`coach.hint_master`)}</li>
<li>${this.t(`coach.hint_wait`)}</li>
</ul>
<button class="btn plain" @click=${()=>this.go(0)}>${this.t(`coach.restart`)}</button>
</details>`}keys(e){if(e.keys===null)return b`<span class="sec">${this.t(`coach.secret_${e.what}`)}</span>`;let t=Tr(wr(e.keys,this.clock)),n=e.what===`date`||e.what===`time`?this.t(`coach.means_${e.what}`,{...this.clock}):null;return b`<div class="keys" role="img" aria-label=${t.join(` `)}>
${t.map(e=>b`<span class="key" aria-hidden="true">${e}</span>`)}
</div>
${n?b`<span class="sec">${n}</span>`:S}`}end(){let e=this.lesson===`start_anew`;return b`<div class="lesson" role="status">
<span class="do" tabindex="-1">${this.t(e?`coach.anew_done`:`coach.done`)}</span>
</div>
${e&&this.app.hass.user?.is_admin?b`<button class="btn tonal" @click=${()=>J(q(this.lock?.entry_id))}>
${D(`open`,`s`)}${this.t(`more.settings`)}
</button>`:S}`}foot(e){return b`<div class="btns">
<button class="btn tonal" ?disabled=${this.at===0} @click=${()=>this.go(this.at-1)}>
${this.t(`page.back`)}
</button>
<button class="btn fill" @click=${()=>this.go(this.at+1)}>
${this.t(`coach.did_${e.answer}`)}
</button>
</div>`}doneFoot(){return b`<div class="btns">
<button class="btn fill" @click=${this.close}>${this.t(`dialog.done`)}</button>
</div>`}go(e){this.at=e,this.read(),this.updateComplete.then(()=>this.firstFocus()?.focus())}read(){this.clock=Cr(this.app.now(),this.lock?.keypad.clock_offset??0)}firstFocus(){return this.renderRoot.querySelector(`.do`)}});function Y(e,t,n){xt(`codelocks-coach`,e,{deviceId:t,lesson:n},e=>e.begin())}var Dr=3e3;function Or(e){let t={...e};return delete t.netcode,t}var kr=class extends k{static{this.styles=[F,I,R,vt,yt,yn,bn]}static{this.properties={...k.properties,rows:{state:!0},failed:{state:!0},copied:{state:!0},refused:{state:!0},sending:{state:!0},trying:{state:!0}}}constructor(){super(),this.name=``,this.again=null,this.done=()=>void 0,this.kept=null,this.standard=``,this.left=0,this.said=``,this.held=new er(this,({codes:e,message:t})=>{this.kept=Bt(t,e)}),this.rows=[],this.failed=[],this.copied=``,this.refused=!1,this.sending=!1,this.trying=``}take(e){let t=e.codes.map(e=>e.netcode),{words:n,times:r}=this.app,i=Rt(e.codes,n,r,e=>this.zone(e));this.rows=e.codes.map(Or),this.failed=e.failed,this.left=e.netcode_calls_left,this.standard=Bt(i,t),t.length&&this.held.show({codes:t,message:i})}markCopied(){this.setCopied(`message`)}focusFirst(){this.renderRoot.querySelector(`.acts .btn, .code .btn`)?.focus()}render(){let{again:e}=this;return b`<div class="main">
${this.heading()} ${this.notes()}
<div class="codes">
${this.rows.map((e,t)=>this.code(e,t))}
${this.failed.map(e=>this.missing(e))}
</div>
${this.rows.length?b`${this.actions()} ${this.timer()} ${this.hint()}`:S}
${this.held.value?this.message(this.held.value):S}
</div>
<div class="foot">
<div class="btns">
${e?b`<button class="btn" @click=${e}>${this.t(`result.another`)}</button>`:S}
<button class="btn tonal" @click=${()=>this.done()}>${this.t(`dialog.done`)}</button>
</div>
</div>`}zone(e){return this.app.store.lock(e)?.time_zone??this.app.hass.config.time_zone}heading(){if(!this.again)return b``;let[e,t]=[this.rows.length,this.rows.length+this.failed.length],[n]=this.failed;return n?A({tone:`bad`,icon:`alert`,title:this.n(`result.partial`,e,{k:e,n:t}),text:this.failed.map(e=>e.error_key===`cannot_connect`?this.t(`result.no_answer`,{door:e.lock_name}):e.error||this.t(`result.not_made`,{door:e.lock_name})).join(` `)}):this.rows.some(e=>e.spare)?b``:b`<p class="ok-line" role="status">
${D(`ok`,`s`)}${this.n(`result.made`,e)} ${this.n(`result.left`,this.left)}
</p>`}notes(){return b`${this.rows.map(e=>{let t=this.app.store.lock(e.device_id),n={label:this.t(`coach.set_clock_button`),run:()=>this.setClock(e)};return b`${e.spare&&this.again?A({tone:`warn`,icon:`spare`,title:this.t(`result.spare_title`,{door:e.lock_name}),text:this.t(`result.spare_text`)}):S}
${t?.clock_problem===`lost`?A({tone:`bad`,icon:`clockAlert`,title:this.t(`result.clock_title`),text:this.t(`result.clock_text`,{lock:e.lock_name}),...t.keypad.set_clock.length?{action:n}:{}}):S}
${Jn(e).map(e=>A({tone:`warn`,icon:`warning`,text:e}))}`})}
${this.refused?A({icon:`copy`,title:this.t(`result.no_copy_title`),text:this.t(`result.no_copy_text`)}):S}`}code(e,t){let n=this.held.value?.codes[t]??null,r=e.lock_name;return zn({door:r,code:n,length:this.app.store.lock(e.device_id)?.digits??6,window:this.window(e),copyLabel:this.t(`result.copy_code`,{door:r}),showLabel:this.t(`result.show_code`,{door:r}),hiddenLabel:this.t(`result.hidden`),copied:this.copied===`code-${t}`,copiedLabel:this.t(`result.copied`),copy:()=>void this.copy(n??``,`code-${t}`),show:()=>void this.show()})}window(e){let{times:t}=this.app,n=this.zone(e.device_id),[r,i]=[U(e.start),U(e.end)];if(!e.spare)return b`${this.t(`result.opens`,{window:t.window(r,i,n)})}`;let a=b`<span class="b"
>${this.t(`result.opens_now`,{end:t.full(i,n)})}</span
>`;if(!this.again)return a;let o=Math.max(U(e.requested_start),this.app.now()),s=U(e.requested_end??e.end),c=o-this.app.now()<6e4?this.t(`doors.until`,{end:t.full(s,n)}):t.window(o,s,n);return b`${a}<br /><span class="sec">${this.t(`result.wished`,{wish:c})}</span>`}missing(e){let t=pn(this.app,[e.device_id]),n=this.trying!==``;return b`<section class="code none">
<span class="of"><bdi>${e.lock_name}</bdi></span>
<span class="sec">${this.n(`result.none`,t)}</span>
<span
><button
class="btn tonal"
?disabled=${n||!this.app.store.connected}
@click=${()=>void this.tryAgain(e)}
>
${D(`refresh`,`s`)}${this.t(`result.try_again`,{door:e.lock_name})}
</button></span
>
</section>`}actions(){let e=this.held.value,t=this.copied===`message`,n=ft();return b`<div class="acts ${n?``:`two-acts`}">
<button
class="btn fill big"
?disabled=${!e}
aria-live="polite"
@click=${()=>void this.copy(e?.message??``,`message`)}
>
${D(t?`checkBold`:`copy`)}${this.t(t?`result.copied`:`result.copy`)}
</button>
${n?b`<button
class="btn tonal"
?disabled=${!e}
@click=${()=>void pt(e?.message??``)}
>
${D(`share`,`flip`)}${this.t(`result.share`)}
</button>`:S}
<button
class="btn tonal"
aria-expanded=${this.sending}
@click=${()=>this.sending=!this.sending}
>
${D(`cellphone`)}${this.t(`send.button`)}
</button>
</div>
${this.sending?br(this.app,()=>this.sendings(),this):S}`}timer(){let{left:e,value:t}=this.held;if(!t)return b``;let n=e===60||e===10?this.n(`result.hidden_in`,e):``;return n&&(this.said=n),b`<div class="timer small">
<span aria-hidden="true" class="num">${this.n(`result.hidden_in`,e)}</span>
<progress .value=${e} max=${60} aria-hidden="true"></progress>
<span class="vh" role="status">${this.said}</span>
</div>`}hint(){let[e]=this.rows,t=e&&this.app.store.lock(e.device_id);return this.again&&this.rows.some(e=>e.spare)?b`<div class="preview">
${D(`renew`)}<span
>${this.t(`result.spare_next`)}
${t?.keypad.block.length?b`<button class="link" @click=${()=>Y(this.app,e?.device_id??``,`block`)}>${this.t(`result.block_link`)}</button>`:S}</span
>
</div>`:!t?.digits||this.failed.length?b``:b`<div class="preview">
${D(`help`)}<span
><span class="b">${this.t(`enter.title`)}</span> ${this.n(`enter.${t.keypad.enter}`,t.digits)}</span
>
</div>`}message(e){let t=t=>{e.message=t.target.value,this.held.again()},n=Math.min(8,e.message.split(`
`).length+1);return b`<label class="field"
><span>${this.t(`result.message`)}</span
><textarea
rows=${n}
autocomplete="off"
spellcheck="false"
.value=${e.message}
@input=${t}
></textarea>
</label>`}sendings(){let e=this.held.value,t=e?Bt(e.message,e.codes):this.kept??``,n=this.rows.map(e=>e.id);return Gt(t,this.standard).map(({codes:e,template:t})=>({ids:e.length?e.flatMap(e=>n[e]??[]):n,...t?{message:t}:{}}))}async copy(e,t){e&&(this.refused=!await lt(e),this.refused?this.renderRoot.querySelector(`textarea`)?.select():this.setCopied(t))}setCopied(e){this.copied=e,setTimeout(()=>this.copied=``,Dr)}async show(){try{let e=await Promise.all(this.rows.map(e=>at(this.app.hass,e.id)));if(!this.isConnected)return;let t=e.map(e=>e.netcode);this.held.show({codes:t,message:Vt(this.kept??``,t)})}catch(e){this.app.fail(e)}}async tryAgain(e){this.trying=e.device_id;let t={...this.wish,device_id:[e.device_id]};try{let n=await un(this.app,t,this.name,()=>void 0);await this.merge(n,e)}catch(t){this.failed=this.failed.map(n=>n===e?{...e,error:P(t),error_key:``}:n)}finally{this.trying=``}}async merge(e,t){let n=[...this.failed.filter(e=>e!==t),...e.failed],r=this.rows.length?await Promise.all(this.rows.map(e=>at(this.app.hass,e.id))):[],i=this.rows.map((e,t)=>({...e,netcode:r[t]?.netcode??``}));this.isConnected&&this.take({...e,codes:[...i,...e.codes],failed:n})}setClock(e){Y(this.app,e.device_id,`set_clock`)}};E(`codelocks-result`,kr),E(`codelocks-make`,class extends z{static{this.styles=[z.styles,vn,yn,bn]}static{this.properties={...z.properties,phase:{state:!0},name:{state:!0},chosen:{state:!0},when:{state:!0},once:{state:!0},tight:{state:!0},trouble:{state:!0},wanted:{state:!0}}}constructor(){super(),this.doors=[],this.lastTime=[],this.moreOpen=!1,this.given=``,this.knownIds=new Set,this.result=null,this.phase=`form`,this.name=``,this.chosen=new Set,this.when={kind:`1h`},this.once=!1,this.tight=!1,this.trouble=null,this.wanted=``}begin(e,t,n){let r=e.store.locks.filter(t=>e.store.mayIssue(t)).map(e=>e.device_id),i=t??(r.length===1?r[0]:void 0);this.lastTime=i?(n??rn(e.store.codes,i)).filter(e=>e!==i&&r.includes(e)):[];let a=[...i&&r.includes(i)?[i]:[],...this.lastTime];this.chosen=new Set(a),this.doors=[...a,...r.filter(e=>!a.includes(e))];let[o]=Qt(e.now(),e.hass.config.time_zone);o!==void 0&&(this.when={kind:`until`,hour:o}),this.given=this.name,this.planner=new hn(e,()=>this.requestUpdate()),this.replan()}disconnectedCallback(){super.disconnectedCallback(),this.planner.stop(),this.result=null}render(){if(this.phase===`result`&&this.result){let e=this.heading();return this.frameAround(e,b`${this.result}`)}return this.frame(this.t(`make.make_one`),this.fields(),this.foot())}get zone(){let[e]=this.chosen;return this.app.store.lock(e??``)?.time_zone??this.app.hass.config.time_zone}lockOf(e){return this.app.store.lock(e)}set(e){Object.assign(this,e),this.trouble=null,this.replan()}chooseOther(){let e=$t(this.when,this.app.now(),this.zone),t=e=>{let{date:t,time:n}=tn(e,this.zone);return`${t}T${n}`},n=Math.floor((e?.start??this.app.now())/36e5)*36e5,r=e?.end??n+36e5;this.set({when:{kind:`other`,from:t(n),to:t(r)}})}replan(){let e=this.wish();this.planner.ask(e,this.moreOpen||this.when.kind===`other`,this.once)}get dirty(){return this.phase===`result`?!1:this.phase!==`form`||this.name.trim()!==this.given}firstFocus(){return this.renderRoot.querySelector(`input`)}onKey(e){super.onKey(e),e.key===`Enter`&&(e.ctrlKey||e.metaKey)&&(e.preventDefault(),this.mayMake&&this.make(!1))}heading(){return this.name.trim()?this.t(`result.title`,{name:this.name.trim()}):this.n(`result.ready`,this.count)}fields(){return b`<label class="field"
><span>${this.t(`make.for_whom`)}</span
><input
.value=${this.name}
maxlength="100"
autocomplete="off"
enterkeyhint="next"
?disabled=${this.phase!==`form`}
@input=${e=>{this.name=e.target.value}}
/></label>
${Sn(this)} ${Tn(this)} ${On(this)}`}foot(){let e=this.phase!==`form`;return b`${this.state()}
<div class="btns">
<button
class="btn tonal"
?disabled=${e||!this.mayMake}
@click=${()=>void this.make(!0)}
>
${D(`copy`,`s`)}${this.t(`make.make_copy`)}
</button>
<button
class="btn fill"
?disabled=${e||!this.mayMake}
@click=${()=>void this.make(!1)}
>
${this.n(`make.make`,this.count)}
</button>
</div>`}get count(){return Math.max(this.chosen.size,this.planner.answer?.codes.length??0,1)}get mayMake(){return this.phase===`form`&&this.app.store.connected&&this.wish()!==null}state(){return this.phase===`looking`?A({icon:`cloudOff`,title:this.t(`make.lost_title`),text:this.t(`make.lost_text`)}):this.phase===`making`?this.making():this.trouble?this.refused(this.trouble):this.planner.refusal?this.refused(this.planner.refusal):this.preview()}preview(){let{answer:e}=this.planner,{words:t,times:n}=this.app,r=e&&e.codes.length?Nn(e,t,n,e=>this.lockOf(e)?.time_zone??this.zone):null,i=this.t(this.chosen.size?`make.planning`:`make.choose_door`);return b`<div class="preview" role="status" aria-live="polite">
${D(`clock`)}
<div>
${r?b`${r.windows.map(e=>b`<span class="b">${e}</span><br />`)}<span class="sec">${r.notes.join(` `)}</span>`:b`<span class="sec">${i}</span>`}
</div>
</div>
${(e?.failed??[]).map(e=>A({tone:`bad`,icon:`alert`,title:e.lock_name,text:e.error}))}`}making(){let e=this.app.store.codes.filter(e=>!this.knownIds.has(e.id)&&(e.name??``)===this.name.trim()),t=[...this.chosen].filter(t=>e.some(e=>e.device_id===t)),n=[...this.chosen].filter(e=>!t.includes(e)),r=e=>this.lockOf(e)?.name??``,i=this.app.words.list(t.map(r)),a=r(n[0]??``),o=t.length?a?`make.ready_next`:`make.is_ready`:`make.is_asked`;return b`<div class="preview" role="status">
${D(`hourglass`)}<span
><span class="b">${this.n(`make.making`,this.count)}</span><br /><span class="sec"
>${this.n(o,Math.max(1,t.length),{door:i,next:a})}</span
></span
>
</div>`}refused({text:e,key:t,longest:n}){if(t===`cannot_connect`)return A({tone:`bad`,icon:`cloudOff`,title:this.t(`make.cloud_title`),text:this.t(`make.cloud_text`),action:{label:this.t(`make.try_again`),run:()=>void this.make(!1)}});if(t===`unknown_outcome`)return A({tone:`bad`,icon:`alert`,text:this.t(`make.unknown`)});let r=n===null?``:this.app.times.length(n*36e5);return A({tone:`bad`,icon:`alert`,text:e,...n===null?{}:{action:{label:this.t(`make.use`,{longest:r}),run:()=>this.use(n)}}})}use(e){let t=this.wish();if(!t)return;let n=e=>{let{date:t,time:n}=tn(e,this.zone);return`${t}T${n}`},r=U(t.start);this.set({when:{kind:`other`,from:n(r),to:n(r+e*36e5)}})}wish(){let e=$t(this.when,this.app.now(),this.zone);return!e||e.end<=this.app.now()||!this.chosen.size?null:{device_id:this.doors.filter(e=>this.chosen.has(e)).slice(0,20),start:new Date(e.start).toISOString(),end:new Date(e.end).toISOString(),...this.tight?{fit:`tight`}:{}}}async make(e){let t=this.wish();if(!t||this.phase!==`form`)return;this.phase=`making`,this.trouble=null,this.knownIds=new Set(this.app.store.codes.map(e=>e.id));let n=()=>{this.phase=`looking`},r=(this.once?_n(this.app,t):Promise.resolve(t)).then(e=>un(this.app,e,this.name.trim(),n)),i=e?ut(r.then(e=>this.text(e))):null;try{this.show(await r,t,i)}catch(e){if(!this.isConnected)return;this.trouble={...gn(e),text:P(e),key:st(e)},this.phase=`form`}}text(e){if(!e.codes.length)throw Error(`no codes`);let{words:t,times:n}=this.app;return Rt(e.codes,t,n,e=>this.lockOf(e)?.time_zone??this.zone)}show(e,t,n){if(!this.isConnected)return;let r=new kr;r.app=this.app,r.wish=t,r.name=this.name.trim(),r.again=()=>this.another(),r.done=()=>this.app.dialogs.close(this),r.take(e),this.result=r,this.phase=`result`,this.asking=!1,this.updateComplete.then(()=>r.updateComplete).then(()=>r.focusFirst()),n?.then(e=>e&&r.markCopied())}another(){this.result=null,this.name=``,this.phase=`form`,this.replan(),this.updateComplete.then(()=>this.firstFocus()?.focus())}});function X(e,t,n=``,r){e.store.locks.some(t=>e.store.mayIssue(t))&&e.store.connected&&xt(`codelocks-make`,e,{name:n},n=>n.begin(e,t,r))}var Z=o`.view{padding:24px;max-width:1680px;margin-inline:auto;display:grid;gap:24px;grid-template-columns:minmax(0,1fr)}.view > .lead{display:flex;align-items:center;gap:16px;flex-wrap:wrap}@media (max-width:599px){.view{padding:16px;gap:16px}}@media (max-width:359px){.view{padding:12px}}.grid{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,296px),1fr))}.cols{display:grid;gap:24px;align-items:start;grid-template-columns:minmax(0,3fr) minmax(0,2fr)}.cols > div{display:grid;gap:16px;min-width:0;grid-template-columns:minmax(0,1fr)}@media (max-width:999px){.cols{grid-template-columns:minmax(0,1fr);gap:16px}}.card{background:var(--cl-card);border:var(--ha-card-border-width,1px) solid var(--ha-card-border-color,var(--divider-color));border-radius:var(--ha-card-border-radius,12px);min-width:0}.card > header{display:flex;align-items:center;gap:8px;padding-block:12px 4px;padding-inline:16px 8px;min-height:56px;flex-wrap:wrap}.card > header h2{flex:1 1 auto;min-width:0}.card > .pad{padding:4px 16px 16px}.card > .foot{display:flex;gap:8px;flex-wrap:wrap;padding:8px;border-block-start:1px solid var(--divider-color)}.fab{position:fixed;z-index:6;inset-inline-end:16px;bottom:80px;box-shadow:0 3px 8px #0000004d}@media (min-width:600px){.fab{display:none}}@media (max-width:599px){.not-phone{display:none !important}}@media (min-width:600px){.phone-only{display:none !important}}@media (min-width:1000px){.narrow-only{display:none !important}}@media (max-width:999px){.wide-only{display:none !important}}ha-card{display:block}.stack{display:grid;gap:16px;grid-template-columns:minmax(0,1fr)}.stack.wide{gap:24px}.view > :last-child{min-width:0}.lead{display:flex;align-items:center;gap:16px;flex-wrap:wrap}.lead > .grow{flex:1;min-width:0;overflow-wrap:anywhere}.battery{white-space:nowrap}.battery.low{color:var(--cl-on-bad)}.battery .i{vertical-align:-3px}.none{padding:8px 16px 16px}.explain{padding:0 16px 12px}.days-of{display:grid;gap:8px;justify-items:start;padding:4px 16px 8px}.price{align-self:center}.under-fab{height:56px}.low-fab{bottom:16px}@media (max-width:599px){.stack.wide{gap:16px}.days-of{justify-items:stretch}}`,Ar=o`:host{min-height:100vh;background:var(--primary-background-color)}.head{position:sticky;top:0;z-index:5;height:var(--header-height,56px);display:flex;align-items:center;gap:8px;padding-inline:16px 12px;background:var(--app-header-background-color);color:var(--app-header-text-color,var(--primary-text-color));border-block-end:var(--app-header-border-bottom,1px solid var(--divider-color))}.head h1{font-size:20px;font-weight:400;line-height:28px;margin:0 8px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}h1:focus-visible{outline-offset:-2px}.ib[hidden]{display:none}.grow{flex:1}.tabs{display:flex;align-self:stretch;margin-inline-start:16px}.tabs a{display:flex;align-items:center;justify-content:center;gap:8px;padding-inline:16px;color:var(--secondary-text-color);font-weight:500;text-decoration:none;border-block:2px solid transparent}.tabs a .i{display:none}.tabs a[aria-current]{color:var(--cl-primary-text);border-block-end-color:var(--cl-primary-text)}.tabs a:focus-visible{outline-offset:-2px}.door-bone{display:grid;gap:12px;padding:16px;min-height:200px;align-content:start}.bone.low{width:60%}@media (max-width:999px){.head{padding-inline:4px}}@media (max-width:599px){.tabs{position:fixed;z-index:6;inset-inline:0;bottom:0;height:64px;margin:0;background:var(--app-header-background-color);border-block-start:1px solid var(--divider-color)}.tabs a{flex:1 1 0;min-width:0;flex-direction:column;gap:2px;padding:0;font-size:12px;border:0}.tabs a .i{display:block}.has-tabs .view{padding-block-end:152px}.has-tabs .toast{bottom:80px}}`;E(`codelocks-send`,class extends z{constructor(...e){super(...e),this.ids=[]}static{this.styles=[z.styles,R]}render(){return this.frame(this.t(`send.button`),br(this.app,()=>[{ids:this.ids}],this),b`<div class="btns">
<button class="btn tonal" @click=${this.close}>${this.t(`dialog.done`)}</button>
</div>`)}});function jr(e,t){xt(`codelocks-send`,e,{ids:t})}var Mr=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],Nr=1440;function Q(e){let[t=0,n=0]=e.split(`:`).map(Number),r=t*60+n;return r===1439?Nr:r}var Pr=e=>e.filter(e=>e.enabled&&e.days.length>0);function Fr(e){return Mr.every(t=>Pr(e).some(e=>e.days.includes(t)&&Q(e.starts)===0&&Q(e.ends)===Nr))}function Ir(e,t,n){let{hour:r,minute:i,weekday:a}=B(t,n),o=r*60+i;return Pr(e).some(e=>e.days.includes(Mr[a])&&Q(e.starts)<=o&&o<Q(e.ends))}function Lr(e,t,n){let r=V(t,n),{weekday:i}=B(t,n),a=Pr(e).flatMap(e=>e.days.flatMap(t=>{let a=(Mr.indexOf(t)-i+7)%7;return[a,a+7].map(t=>H(r+t,Q(e.starts),n))})).filter(e=>e>t);return a.length?Math.min(...a):null}function Rr(e,t,n){let r=Mr.flatMap((t,n)=>e.includes(t)?[n]:[]);if(r.length===7)return t.t(`time.every_day`);let i=[];for(let e of r){let t=i.at(-1);t&&t.at(-1)===e-1?t.push(e):i.push([e])}let a=i.flatMap(e=>{let r=e.map(e=>n.weekdayName(e));return e.length<3?r:[t.t(`time.window`,{start:r[0]??``,end:r.at(-1)??``})]});return t.list(a)}function zr(e,t,n){return Fr(e)?t.t(`door.always`):Pr(e).map(e=>Br(e,t,n)).join(`, `)}function Br(e,t,n){let r=Q(e.ends)===Nr?`24:00`:e.ends,i=t.t(`time.window`,{start:n.hours(e.starts),end:n.hours(r)});return t.t(`time.day_time`,{day:Rr(e.days,t,n),time:i})}var Vr=(e,t)=>U(e.end)-U(t.end);function Hr(e,t){return e.filter(e=>U(e.start)<=t&&t<U(e.end)).sort(Vr)}function Ur(e,t){return e.filter(e=>t<U(e.start)).sort((e,t)=>U(e.start)-U(t.start))}function Wr(e,t){let n={now:[],later:[],not:[]};for(let r of e.clients??[])r.state===`invited`?n.later.push(r):r.state===`on`?Ir(r.active_periods,t,e.time_zone)?n.now.push(r):Lr(r.active_periods,t,e.time_zone)?n.later.push(r):n.not.push(r):n.not.push(r);return n}function Gr(e,t,n){let r=new Map(t.map(e=>[e.id,e])),i={needs:[],here:[],next:[]};for(let t of e)for(let e of t.next){let[a,o]=[U(e.start),U(e.end)],s={order:t,visit:e,start:a,end:o,codes:e.codes.flatMap(e=>r.get(e)??[])};if(e.state===`cancelled`)Kr(s)>n&&i.needs.push(s);else if(o<=n)continue;else e.problem!==null||e.state===`problem`?i.needs.push(s):i[e.state===`here`?`here`:`next`].push(s)}let a=({visit:e})=>Number(e.state===`cancelled`);for(let e of[i.needs,i.here,i.next])e.sort((e,t)=>a(e)-a(t)||e.start-t.start);return i}function Kr({codes:e}){return Math.max(0,...e.map(e=>U(e.end)))}function qr({order:e,codes:t}){return t.length?[...new Set(t.map(e=>e.device_id))]:e.device_ids}function Jr(e,t,n){let r=new Set(n.filter(t=>t.entry_id===e.entry_id).map(e=>e.device_id)),{left:i}=e.netcode,a=0;for(let{order:n,visit:o}of t){if(!o.code_at||U(o.code_at)>=U(e.resets_at))continue;let t=n.device_ids.filter(e=>r.has(e)).length;t&&(i-=t,i<0&&(a+=1))}return a}var Yr=e=>e.kind===`bookings`?`bed`:`invited`;E(`codelocks-bookings`,class extends k{static{this.styles=[F,Z,I,L,R]}render(){let{store:e}=this.app;if(!e.accounts.length)return Ye(this.app);let t=b`<h2 class="vh">${this.t(`tabs.bookings`)}</h2>`;return e.orders.length?b`${t}
<div class="cols">
<div>${this.who()}</div>
<div>${this.sources()}</div>
</div>`:b`${t}<ha-card class="card">${this.nothingYet()}</ha-card>`}nothingYet(){let e=this.app.hass.user?.is_admin?b`<button class="btn fill" @click=${()=>J(q())}>
${D(`plus`)}${this.t(`bookings.add_calendar`)}
</button>`:void 0;return M(`bookings`,this.t(`bookings.empty_title`),this.t(`bookings.empty_text`),e)}who(){let{store:e}=this.app,{needs:t,here:n,next:r}=Gr(e.orders,e.codes,this.app.now()),i=e.accounts.map(t=>Jr(t,r,e.locks)).reduce((e,t)=>e+t,0);return b`<ha-card class="card">
<header><h2>${this.t(`bookings.who`)}</h2></header>
${i?b`<div class="pad">
${A({tone:`warn`,icon:`calls`,text:this.n(`bookings.too_few`,i)})}
</div>`:S}
${this.group(this.t(`bookings.needs`),t)} ${this.group(this.t(`bookings.here`),n)}
${this.days(r).map(([e,t])=>this.group(e,t))}
${t.length+n.length+r.length?S:b`<p class="none sec">${this.t(`bookings.nobody`)}</p>`}
</ha-card>`}days(e){let t=new Map;for(let n of e){let e=Math.max(n.start,this.app.now()),r=this.app.times.heading(e,this.zone(n));t.set(r,[...t.get(r)??[],n])}return[...t]}group(e,t){return t.length?b`<h3 class="sub">${e}</h3>
<div class="list">${t.map(e=>this.row(e))}</div>`:S}row(e){let{order:t,visit:n,start:r,end:i}=e,a=this.zone(e);return b`<div class="row">
${D(Yr(t))}
<div class="body">
<span class="two b">${O(n.title)}</span>
<span class="sec"
>${this.names(qr(e))} · ${this.app.times.short(r,i,a)}</span
>
<span class="tags">${this.tag(e,a)}</span>
</div>
<div class="end">${this.action(e)}</div>
</div>`}tag(e,t){let{visit:n}=e,{times:r}=this.app,i=e=>e?r.end(U(e),t):``;if(n.state===`cancelled`){let n=r.end(Kr(e),t);return j(`warn`,`blocked`,this.t(`bookings.cancelled`,{end:n}))}return n.problem===null?n.state===`here`&&n.arrived_at?j(`ok`,`ok`,this.t(`bookings.arrived`,{time:i(n.arrived_at)})):n.sent_at?j(`ok`,`ok`,this.t(`bookings.sent`,{time:i(n.sent_at)})):n.codes.length||!n.code_at?j(`ok`,`ok`,this.t(`bookings.code_made`)):j(``,`clock`,this.t(`door.code_comes`,{time:i(n.code_at)})):j(`bad`,`warning`,n.problem)}action(e){let{visit:t,codes:n}=e,{app:r}=this,[i]=n;if(t.state===`cancelled`&&i){let t=qr(e),n=r.store.lock(i.device_id)?.keypad.block.length;return t.length>1||!n?this.chevron(e):b`<button class="btn plain" @click=${()=>Y(r,i.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`}if(t.problem!==null&&i){let e=n.map(e=>e.id);return b`<button class="btn plain" @click=${()=>jr(r,e)}>
${this.t(`bookings.send_again`)}
</button>`}return t.problem===null?this.chevron(e):this.makeFor(e)}makeFor({order:e,visit:t}){let{store:n}=this.app,r=e.device_ids.filter(e=>{let t=n.lock(e);return t&&n.mayIssue(t)});return r.length?b`<button class="btn plain" ?disabled=${!n.connected} @click=${()=>X(this.app,r[0],t.title,r)}>
${this.t(`make.make_one`)}
</button>`:S}chevron({visit:e,codes:t}){let[n]=t;if(!n)return S;let r=K(`codes`,n.id);return b`<a
class="ib sec"
href=${r}
aria-label=${this.t(`bookings.codes_of`,{name:e.title})}
@click=${e=>{e.ctrlKey||e.metaKey||e.shiftKey||e.button!==0||(e.preventDefault(),J(r))}}
>${D(`next`,`flip`)}</a
>`}sources(){let e=this.app.hass.user?.is_admin,t=e=>b`<button class="btn plain" @click=${()=>J(q())}>
${D(`plus`,`s`)}${this.t(e)}
</button>`;return b`<ha-card class="card">
<header><h2>${this.t(`bookings.sources`)}</h2></header>
<div class="list">${this.app.store.orders.map(e=>this.source(e))}</div>
${e?b`<div class="foot">
${t(`bookings.add_calendar`)}${t(`bookings.add_visitor`)}
</div>`:S}
</ha-card>`}source(e){let t=b`${D(e.kind===`bookings`?`calendarSync`:`invited`)}
<div class="body">
<span class="two b"><bdi>${e.name}</bdi></span>
<span class="sec">${this.origin(e)}</span>
${this.readTag(e)}
</div>`;return this.app.hass.user?.is_admin?b`<button class="row link" @click=${()=>J(q(e.entry_id))}>
${t}<span class="ib sec">${D(`open`,`s flip`)}</span>
</button>`:b`<div class="row">${t}</div>`}origin({calendar_entity_id:e,visits:t,device_ids:n}){let{hass:r,words:i,times:a}=this.app,o=this.names(n);if(e){let t=r.states[e];return this.t(`bookings.calendar`,{name:t?vr(t):e,doors:o})}return t?this.t(`bookings.visits`,{hours:Br(t,i,a),doors:o}):o}readTag(e){let{times:t}=this.app,n=this.app.hass.config.time_zone,r=e=>t.end(U(e),n);if(e.unreadable_since){let t=r(e.unreadable_since);return b`<span class="tags"
>${j(`bad`,`warning`,this.t(`bookings.unreadable`,{time:t}))}</span
>`}if(!e.read_at)return S;let i=r(e.read_at);return b`<span class="tags">${j(`ok`,`ok`,this.t(`bookings.read`,{time:i}))}</span>`}names(e){let{store:t,hass:n}=this.app;return e.flatMap(e=>t.lock(e)?.name??[]).sort((e,t)=>e.localeCompare(t,n.language)).map(wt).join(`, `)}zone({order:e,codes:t}){let n=t[0]?.device_id??e.device_ids[0]??``;return this.app.store.lock(n)?.time_zone??this.app.hass.config.time_zone}});var{I:Xr}=Ie,Zr=e=>e,Qr=e=>e.strings===void 0,$r=()=>document.createComment(``),ei=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Xr(r.insertBefore($r(),i),r.insertBefore($r(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Zr(e).nextSibling;Zr(r).insertBefore(e,i),e=t}}}return n},$=(e,t,n=e)=>(e._$AI(t,n),e),ti={},ni=(e,t=ti)=>e._$AH=t,ri=e=>e._$AH,ii=e=>{e._$AR(),e._$AA.remove()},ai={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},oi=e=>(...t)=>({_$litDirective$:e,values:t}),si=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},ci=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),ci(e,t);return!0},li=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},ui=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),pi(t)}};function di(e){this._$AN===void 0?this._$AM=e:(li(this),this._$AM=e,ui(this))}function fi(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)ci(r[e],!1),li(r[e]);else r!=null&&(ci(r,!1),li(r))}else ci(this,e)}}var pi=e=>{e.type==ai.CHILD&&(e._$AP??=fi,e._$AQ??=di)},mi=class extends si{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),ui(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(ci(this,e),li(this))}setValue(e){if(Qr(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},hi=new WeakMap,gi=oi(class extends mi{render(e){return S}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),S}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=hi.get(t);n===void 0&&(n=new WeakMap,hi.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?hi.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),_i=24,vi=class{constructor(e){this.host=e,this.limit=_i,this.observer=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()},{rootMargin:`600px`}),this.watch=e=>{this.sentinel&&this.observer.unobserve(this.sentinel),this.sentinel=e,e&&this.observer.observe(e)},e.addController(this)}hostConnected(){this.sentinel&&this.observer.observe(this.sentinel)}hostDisconnected(){this.observer.disconnect()}first(e){return e.slice(0,this.limit)}reset(){this.limit=_i}end(e){return b`<span ?hidden=${e<=this.limit} ${gi(this.watch)}></span>`}more(){this.limit+=_i,this.host.requestUpdate(),this.host.updateComplete.then(()=>this.watch(this.sentinel))}},yi=6e5;function bi(e,t){let n=e.filter(e=>e.read_calls>0),r=e=>e.read_at?U(e.read_at)+yi:0,i=n.filter(e=>r(e)<=t);if(n.length&&!i.length)return{calls:0,again:Math.min(...n.map(r))};let a=i.reduce((e,t)=>e+t.read_calls-1,0);return{calls:i.length?a+1:0,again:null}}function xi({left:e,quota:t,forecast:n}){let r=Math.max(0,t-e),i=Math.max(0,n-r),a=e=>t>0?100*e/t:0,o=Math.min(100,a(r));return{used:r,more:i,usedShare:o,moreShare:Math.min(100-o,a(i))}}var Si=o`.cards{display:grid;gap:24px;align-items:start;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr))}.pool{padding:16px;display:grid;gap:12px}.left{font-size:40px;line-height:48px;font-variant-numeric:tabular-nums}.left small{font-size:16px;color:var(--secondary-text-color)}.meter{height:12px;border-radius:6px;background:var(--secondary-background-color);overflow:hidden;display:flex}.meter > i,.key-of b{background:var(--cl-primary-fill)}.meter > i.soft,.key-of b.soft{background:repeating-linear-gradient(45deg,var(--cl-primary-text) 0 2px,transparent 2px 6px)}.key-of{display:flex;flex-wrap:wrap;gap:4px 16px}.key-of span{display:inline-flex;align-items:center;gap:6px;font-size:12px;color:var(--secondary-text-color)}.key-of b{width:12px;height:12px;border-radius:3px}.key-of b.none{background:var(--secondary-background-color);padding:0}.pairs{margin:0;padding:0 16px 8px}.pairs > div{display:flex;justify-content:space-between;gap:16px;padding-block:12px}.pairs > div + div{border-block-start:1px solid var(--divider-color)}.pairs dt{min-width:0;overflow-wrap:anywhere}.pairs dd{margin:0;text-align:end}@media (max-width:599px){.cards{gap:16px}.pairs dd{white-space:normal}}@media (forced-colors:active){.meter,.key-of b{border:1px solid CanvasText}.meter > i{background:CanvasText;forced-color-adjust:none}}`;E(`codelocks-calls`,class extends k{static{this.styles=[F,Z,L,Si]}static{this.properties={...k.properties,busy:{state:!0},told:{state:!0}}}constructor(){super(),this.growing=new vi(this),this.busy=!1,this.told=``}render(){let{accounts:e}=this.app.store;return e.length?b`<h2 class="vh">${this.t(`tabs.calls`)}</h2>
<div class="stack wide">
${e.map(t=>this.account(t,e.length>1))}
<div class="cards">${this.looks()} ${this.costs()}</div>
</div>`:Ye(this.app)}account(e,t){return b`${t?b`<h3><bdi>${e.title}</bdi></h3>`:S}
<div class="cards">
${this.pool(e,e.netcode,`codes`,this.spares(e))}
${this.pool(e,e.utility,`reading`,this.n(`calls.reserve`,e.utility.reserve,{n:this.number(e.utility.reserve)}))}
</div>`}spares(e){let t=e.spare_locks.map(e=>this.app.store.lock(e)?.name??``),n=this.app.words.list(t.filter(Boolean));return n?this.t(`calls.spares`,{doors:n}):``}pool(e,t,n,r){let{times:i,hass:a}=this.app,o=a.config.time_zone,{used:s,more:c,usedShare:l,moreShare:u}=xi(t),d=U(e.resets_at),f=i.day(d,o),[p,m]=[this.number(t.left),this.number(t.quota)],ee=this.number(s+c),te=this.t(`calls.meter`,{n:this.number(s),all:ee});return b`<ha-card class="card"
><div class="pool">
<div>
<h2>${this.t(`calls.${n}`)}</h2>
<span class="sec">${this.t(`calls.${n}_text`)}</span>
</div>
<div class="left">${p} <small>${this.t(`calls.of_left`,{quota:m})}</small></div>
<div class="meter" role="img" aria-label=${te}>
<i style=${`width:${l}%`}></i><i class="soft" style=${`width:${u}%`}></i>
</div>
<div class="key-of">
<span><b></b>${this.t(`calls.used`,{n:this.number(s)})}</span>
<span
><b class="soft"></b>${this.t(`calls.expected`,{day:f,n:this.number(c)})}</span
>
<span><b class="none"></b>${this.t(`calls.over`)}</span>
</div>
<p class="sec">
${this.t(`calls.starts_again`,{day:f,time:i.time(d,o)})} ${r}
</p>
</div></ha-card
>`}looks(){let{store:e}=this.app,t=this.app.hass.config.time_zone,n=e=>U(e.next_read_at??``),r=e.locks.filter(e=>e.next_read_at!==null).sort((e,t)=>n(e)-n(t));return b`<ha-card class="card">
<header><h2>${this.t(`calls.looks`)}</h2></header>
${r.length||e.accounts.some(e=>e.next_list_at)?b`<dl class="pairs">
${this.growing.first(r).map(e=>this.pair(b`<bdi>${e.name}</bdi>`,this.about(n(e),e.time_zone)))}
${e.accounts.map(e=>e.next_list_at?this.pair(b`<span class="sec">${this.t(`calls.list`)}</span>`,this.about(U(e.next_list_at),t)):S)}
</dl>
${this.growing.end(r.length)}`:b`<p class="none sec">${this.t(`calls.no_looks`)}</p>`}
${this.foot()}
</ha-card>`}pair(e,t){return b`<div>
<dt>${e}</dt>
<dd class="num">${t}</dd>
</div>`}about(e,t){let{times:n}=this.app,r=n.time(e,t);return V(e,t)===V(this.app.now(),t)?this.t(`calls.about`,{time:r}):this.t(`calls.about_day`,{day:n.alone(n.day(e,t)),time:r})}foot(){let{store:e,times:t,hass:n}=this.app,r=e.locks.filter(e=>e.read_calls>0);if(!n.user?.is_admin||!r.length)return S;let i=e.accounts.filter(e=>e.state===`ok`).map(({entry_id:e})=>bi(r.filter(t=>t.entry_id===e),this.app.now())),a=i.reduce((e,t)=>e+t.calls,0),o=i.flatMap(e=>e.again??[]),s=Math.min(...o),c=Math.max(1,Math.floor((this.app.now()-s+yi)/6e4)),l=a?this.n(`calls.takes`,a):o.length?this.n(`door.fresh`,c,{time:t.time(s,n.config.time_zone)}):``;return b`<div class="foot">
<button
class="btn fill"
?disabled=${!a||this.busy||!e.connected}
@click=${()=>void this.read()}
>
${D(`refresh`,`s`)}${this.t(`calls.read_all`)}
</button>
<span class="sec small price" role="status">${this.told} ${l}</span>
</div>`}costs(){let{store:e,hass:t}=this.app,n=this.t(`calls.nothing`),r=Math.max(0,...e.locks.map(e=>e.read_calls));return b`<ha-card class="card">
<header><h2>${this.t(`calls.costs`)}</h2></header>
<dl class="pairs">
${this.pair(this.t(`calls.cost_make`),this.n(`calls.n_codes`,1))}
${this.pair(this.t(`calls.cost_plan`),n)}
${this.pair(this.t(`calls.cost_use`),n)}
${r?b`${this.pair(this.t(`calls.cost_phone`),this.n(`calls.n_reading`,1))}
${this.pair(this.t(`calls.cost_read`),this.n(`calls.up_to`,r))}`:S}
</dl>
${t.user?.is_admin?b`<div class="foot">
<button class="btn plain" @click=${()=>J(q(e.accounts[0]?.entry_id))}>
${D(`cog`,`s`)}${this.t(`account.plan_button`)}
</button>
</div>`:S}
</ha-card>`}number(e){return e.toLocaleString(this.app.hass.locale.language)}latest(){return this.app.store.locks.map(e=>e.last_activity).join()}async read(){let e=this.latest();this.busy=!0,this.told=``;try{await rt(this.app.hass),await new Promise(e=>setTimeout(e,1200)),this.told=this.t(this.latest()===e?`door.nothing_new`:`door.news_came`)}catch(e){this.app.fail(e)}finally{this.busy=!1}}});var Ci=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},wi=oi(class extends si{constructor(e){if(super(e),e.type!==ai.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=ri(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=$(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=$(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=$(i[d],a[m]),ei(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=$(i[f],a[p]),ei(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Ci(o,p,m),u=Ci(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=ei(e,i[d]);$(t,a[p]),c[p]=t}else c[p]=$(n,a[p]),ei(e,i[d],n),i[t]=null;p++}else ii(i[f]),f--}else ii(i[d]),d++;for(;p<=m;){let t=ei(e,c[m+1]);$(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&ii(e)}return this.ut=o,ni(e,c),x}});E(`codelocks-order`,class extends z{static{this.properties={...z.properties,result:{state:!0}}}constructor(){super(),this.codes=[],this.result=null}render(){let e=this.codes[0]?.name,t=e?this.t(`result.title`,{name:e}):this.n(`result.ready`,this.codes.length);return this.frameAround(t,b`${this.result??S}`)}async begin(){try{let e=await Promise.all(this.codes.map(e=>at(this.app.hass,e.id)));if(!this.isConnected)return;let t=new kr;t.app=this.app,t.done=this.close;let n=this.codes.map((t,n)=>on(t,e[n]?.netcode??``));t.take({codes:n,failed:[],deliveries:[],netcode_calls_left:0}),this.result=t,await this.updateComplete,await t.updateComplete,t.focusFirst()}catch(e){this.app.fail(e),this.close()}}});function Ti(e,t){xt(`codelocks-order`,e,{codes:t},e=>void e.begin())}async function Ei(e,t){try{return(await at(e.hass,t)).netcode}catch(t){return e.tell({tone:`bad`,text:P(t)||e.words.t(`codes.not_shown`)}),null}}async function Di(e,t){let n=Ei(e,t.id),r=await ut(n.then(e=>e??Promise.reject(Error(`none`)))),i=r?null:await n;r||i&&await lt(i)?e.tell({tone:`ok`,text:e.words.t(`result.copied`)}):i&&e.tell({tone:`bad`,text:e.words.t(`codes.not_copied`)})}function Oi(e,t){let{words:n,times:r}=e,i=t.name??n.t(`codes.nameless`),a=r.moment(U(t.end),Yn(e,t));xt(`codelocks-ask`,e,{asked:{title:n.t(`codes.withdraw_title`,{name:i}),text:n.t(`codes.withdraw_text`,{door:t.lock_name,end:a}),confirm:n.t(`codes.withdraw_button`),run:()=>{tt(e.hass,[t.id]).then(()=>e.tell({text:n.t(`codes.tag_opens`,{end:a}),...ki(e,t)}),t=>e.fail(t))}}})}function ki(e,t){return e.store.lock(t.device_id)?.keypad.block.length?{action:{label:e.words.t(`codes.how_to_block`),run:()=>Y(e,t.device_id,`block`)}}:{}}function Ai(e,t,n){let{words:r,store:i}=e,a=i.lock(t.device_id),o=a!==void 0&&i.mayIssue(a),s=e.now(),c=[];if(Gn(t,s)){c.push({icon:`eye`,label:r.t(`codes.show`),run:n},{icon:`copy`,label:r.t(`codes.copy`),run:()=>void Di(e,t)});let a=Kn(i.codes,t,s);if(a.length>1){let t=r.n(`codes.show_all`,a.length);c.splice(1,0,{icon:`eye`,label:t,run:()=>void Ti(e,a)})}}if(G(t,s)||c.push({icon:`send`,label:r.t(`send.button`),run:()=>jr(e,[t.id])}),o){let n=i.codes.filter(e=>t.order&&e.order===t.order);c.push({icon:`keyPlus`,label:r.t(`codes.again`),run:()=>X(e,t.device_id,t.name??``,[...new Set(n.map(e=>e.device_id))])})}let{action:l}=ki(e,t);return l&&t.state===`withdrawn`&&!G(t,s)&&c.push({icon:`blocked`,...l}),o&&t.state!==`withdrawn`&&!G(t,s)&&c.push({icon:`blocked`,label:r.t(`codes.withdraw`),run:()=>Oi(e,t),bad:!0}),c}var ji=24,Mi=class{constructor(e){this.host=e,this.seen=new Set([0]),this.heights=new Map,this.observer=new IntersectionObserver(e=>this.look(e),{rootMargin:`800px 0px`}),e.addController(this)}hostDisconnected(){this.observer.disconnect()}hostUpdated(){for(let e of this.host.renderRoot.querySelectorAll(`[data-page]`))this.observer.observe(e)}reset(){this.seen=new Set([0]),this.heights.clear(),this.observer.disconnect()}of(e,t){return Array.from({length:Math.ceil(e.length/ji)},(n,r)=>{let i=r*ji,a=Math.min(ji,e.length-i),o=this.heights.get(r)??a*t;return{number:r,from:i,rows:this.seen.has(r)?e.slice(i,i+a):null,height:o}})}look(e){let t=[...this.seen].join();for(let{target:t,isIntersecting:n,boundingClientRect:r}of e){if(!t.isConnected)continue;let e=Number(t.dataset.page);n?this.seen.add(e):this.seen.has(e)&&!t.matches(`:focus-within`)&&(this.heights.set(e,r.height),this.seen.delete(e))}[...this.seen].join()!==t&&this.host.requestUpdate()}},Ni=o`table{border-collapse:collapse;width:100%}th{text-align:start;font-weight:500;font-size:12px;color:var(--secondary-text-color);padding:12px 8px}td{padding:8px;border-block-start:1px solid var(--divider-color);vertical-align:middle;height:64px}:is(th,td):first-child{padding-inline-start:16px}`,Pi=o`table{table-layout:fixed}td{overflow-wrap:anywhere}th:nth-child(1){width:20%}th:nth-child(3){width:26%}th:nth-child(5){width:248px}@media (max-width:1099px){th:nth-child(5){width:190px}.shown .copy{display:none}}.gap td{padding:0;height:auto}td .tags{margin-block-start:4px;display:flex;flex-wrap:wrap;gap:4px}.ends{display:flex;align-items:center;justify-content:flex-end;white-space:nowrap}.page + .page{border-block-start:1px solid var(--divider-color)}.row > .end.top{align-self:start}`,Fi=matchMedia(`(min-width: 1000px)`),Ii=65,Li=72,Ri=6e4;E(`codelocks-codes`,class extends k{static{this.styles=[F,Z,I,L,vn,yn,R,ht,Ni,Pi]}static{this.properties={...k.properties,codeId:{attribute:!1},which:{state:!0},wanted:{state:!0}}}constructor(){super(),this.held=new er(this),this.pages=new Mi(this),this.source=[],this.entries=[],this.sortedAt=0,this.sorted={now:[],later:[],over:[]},this.make=()=>X(this.app),this.onWidth=()=>{this.pages.reset(),this.requestUpdate()},this.codeId=``,this.which=`now`,this.wanted=``}connectedCallback(){super.connectedCallback(),Fi.addEventListener(`change`,this.onWidth)}disconnectedCallback(){super.disconnectedCallback(),Fi.removeEventListener(`change`,this.onWidth)}willUpdate(e){let{store:t,hass:n}=this.app,r=this.app.now(),i=t.codes!==this.source;i&&(this.source=t.codes,this.entries=Hn(t.codes,this.t(`codes.nameless`),n.language)),(i||Math.floor(r/Ri)!==this.sortedAt)&&(this.sortedAt=Math.floor(r/Ri),this.sorted=Un(this.entries,r)),e.has(`codeId`)&&this.findCode(),(e.has(`which`)||e.has(`wanted`))&&this.pages.reset()}render(){if(!this.app.store.accounts.length)return Ye(this.app);let e=this.app.hass.language,t=Object.fromEntries(Bn.map(t=>[t,Wn(this.sorted[t],this.wanted,e)])),n=t[this.which];return b`<h2 class="vh">${this.t(`tabs.codes`)}</h2>
<div class="stack wide">
<div class="lead">${this.choice(t)} ${this.find()}</div>
<ha-card class="card"
>${n.length===0?this.none(t):Fi.matches?this.table(n):this.list(n)}</ha-card
>
<p class="sec small">${this.t(`codes.explain`)}</p>
</div>
${this.mayMake?b`<button
class="btn fill big fab"
?disabled=${!this.app.store.connected}
@click=${this.make}
>
${D(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:S}`}get mayMake(){let{store:e}=this.app;return e.locks.some(t=>e.mayIssue(t))}findCode(){let e=this.entries.find(({code:e})=>e.id===this.codeId);this.wanted=e?e.code.name??e.code.lock_name:``,this.which=Bn.find(t=>e&&this.sorted[t].includes(e))??this.which}choice(e){return b`<div class="seg" role="radiogroup" aria-label=${this.t(`codes.which`)}>
${Bn.map(t=>b`<label
><input
type="radio"
name="which"
.checked=${this.which===t}
@change=${()=>this.which=t}
/>${this.t(`codes.part_${t}`)}${t===`over`&&!this.wanted?S:b` <span class="num"
>${e[t].length.toLocaleString(this.app.hass.locale.language)}</span
>`}</label
>`)}
</div>`}find(){return b`<label class="find"
>${D(`find`)}<input
type="search"
autocomplete="off"
.value=${this.wanted}
placeholder=${this.t(`codes.find`)}
aria-label=${this.t(`codes.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}none(e){if(this.wanted.trim()){let e=()=>{this.wanted=``},t=this.which===`over`?``:this.t(`codes.find_over`),n=b`<button class="btn" @click=${e}>${this.t(`find.clear`)}</button>`;return M(`find`,this.t(`find.nothing`,{text:this.wanted.trim()}),t,n)}let t=e.later.length,n=this.which===`now`&&t?this.n(`codes.open_later`,t):``,r=this.mayMake?b`<button
class="btn tonal"
?disabled=${!this.app.store.connected}
@click=${this.make}
>
${D(`keyPlus`)}${this.t(`make.make_one`)}
</button>`:void 0;return M(`keypad`,this.t(`codes.none_${this.which}`),n,r)}table(e){let t=e=>b`<th scope="col">${this.t(e)}</th>`;return b`<table aria-rowcount=${e.length+1}>
<thead>
<tr aria-rowindex="1">
${t(`make.for_whom`)}${t(`codes.door`)}${t(`codes.opens`)}${t(`codes.made`)}
<th scope="col"><span class="vh">${this.t(`codes.actions`)}</span></th>
</tr>
</thead>
${this.pages.of(e,Ii).map(e=>b`<tbody data-page=${e.number}>
${e.rows?this.rowsOf(e,(e,t)=>this.tableRow(e,t)):b`<tr class="gap" aria-hidden="true">
<td colspan="5" style=${`height:${e.height}px`}></td>
</tr>`}
</tbody>`)}
</table>`}list(e){return b`${this.pages.of(e,Li).map(e=>b`<div
class="list page"
data-page=${e.number}
style=${e.rows?``:`height:${e.height}px`}
>
${e.rows?this.rowsOf(e,e=>this.listRow(e)):S}
</div>`)}`}rowsOf(e,t){return wi(e.rows??[],({code:e})=>e.id,({code:n},r)=>t(n,e.from+r))}tableRow(e,t){let n=Xn(this.app,e,!0),r=this.shownOf(e);return b`<tr aria-rowindex=${t+2} class=${this.app.isFresh(e.id)?`fresh`:``}>
<td class="b"><span class="two">${O(this.nameOf(e))}</span></td>
<td><span class="two"><bdi>${e.lock_name}</bdi></span></td>
<td>
${Zn(this.app,e)}${n.length?b`<span class="tags">${n}</span>`:S}
</td>
<td class="sec"><span class="two">${Qn(this.app,e)}</span></td>
<td>
<span class="ends"
>${r===null?b`${this.show(e)}${this.again(e)}`:this.digits(r)}${this.more(e)}</span
>
</td>
</tr>`}listRow(e){let t=Xn(this.app,e,!0),n=this.shownOf(e);return b`<div class="row ${this.app.isFresh(e.id)?`fresh`:``}">
${D($n(e))}
<div class="body">
<span class="two b">${O(this.nameOf(e))}</span>
<span class="sec"
><bdi>${e.lock_name}</bdi> · ${Zn(this.app,e)}<span class="vh"
>, ${Qn(this.app,e)}</span
></span
>
${n===null?S:b`${this.digits(n)}<span class="sec small"
>${this.n(`result.hidden_in`,this.held.left)}</span
>`}
${t.length?b`<span class="tags">${t}</span>`:S}
</div>
<div class="end ${n===null?``:`top`}">
${n!==null||e.state===`withdrawn`?S:this.show(e)}${this.more(e)}
</div>
</div>`}nameOf(e){return e.name??this.t(`codes.nameless`)}shownOf(e){return this.held.value?.id===e.id?this.held.value.netcode:null}digits(e){let t=async()=>{let t=await lt(e);this.app.tell({tone:t?`ok`:`bad`,text:this.t(t?`result.copied`:`codes.not_copied`)})};return b`<span class="shown"
><output aria-label=${Rn(e)}>${Ln(e)}</output
><button
class="ib sec ${Fi.matches?`copy`:``}"
aria-label=${this.t(`codes.copy`)}
@click=${()=>void t()}
>
${D(`copy`)}</button
><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${D(`eyeOff`)}
</button></span
>`}show(e){let{app:t}=this;return e.state===`withdrawn`&&!G(e,t.now())?t.store.lock(e.device_id)?.keypad.block.length?b`<button class="btn plain" @click=${()=>Y(t,e.device_id,`block`)}>${this.t(`codes.how_to_block`)}</button>`:S:Gn(e,t.now())?b`<button
class="ib sec"
?disabled=${!t.store.connected}
aria-label=${this.t(`codes.show_of`,{name:this.nameOf(e)})}
@click=${()=>void this.reveal(e)}
>
${D(`eye`)}
</button>`:S}again(e){return e.state===`withdrawn`||G(e,this.app.now())?S:b`<button
class="ib sec"
?disabled=${!this.app.store.connected}
aria-label=${this.t(`codes.send_again`,{name:this.nameOf(e)})}
@click=${()=>jr(this.app,[e.id])}
>
${D(`send`,`flip`)}
</button>`}more(e){return Je(this.t(`codes.more`,{name:this.nameOf(e)}),()=>Ai(this.app,e,()=>void this.reveal(e)))}async reveal(e){let t=await Ei(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}});var zi=/[^\s<>()"',;:]+@[^\s<>()"',;:]+\.[a-z]{2,}/i;function Bi(e,t){if(e.type===`opened`&&e.name)return t.t(`doors.opened_code`,{name:e.name});let n=e.text??``,r=zi.exec(n)?.[0];return e.type===`opened`&&r?t.t(`doors.opened_phone`,{name:r}):e.type===`denied`&&n?t.t(`doors.refused`,{reason:n}):n||t.t(`doors.no_news`)}function Vi(e,t){return e.kind===`kitlock`?t.t(`doors.no_news_lock`):e.last_activity?Bi({type:e.last_type,text:e.last_text,name:e.last_name},t):t.t(`doors.no_news`)}function Hi(e){return e.type===`opened`?e.name?`keypad`:`phone`:e.type===`denied`?`blocked`:e.type===`client`?`invite`:e.type===`battery`?`batteryLow`:`history`}var Ui=o`:host(codelocks-door-tile){display:grid}.door{display:flex;flex-direction:column}.door{container-type:inline-size;position:relative}.door > .top{display:grid;grid-template-columns:40px minmax(0,1fr) auto;gap:12px;align-items:center;padding-block:12px;padding-inline:16px 12px}.door > .top > div{display:grid;justify-items:start}.door h2 a{color:inherit;text-decoration:none}.door h2 a::after{content:"";position:absolute;inset:0;border-radius:var(--ha-card-border-radius,12px)}.door h2 a:focus-visible{outline:0}.door h2 a:focus-visible::after{outline:2px solid var(--cl-primary-text);outline-offset:2px}.door > .pad{padding:0 16px 12px}.door .mk,.door .note{position:relative;z-index:1}.door .mk{padding-inline:12px 16px}@container (max-width:339px){.door > .top{grid-template-columns:40px minmax(0,1fr);padding-block-start:16px}.door .mk{position:absolute;inset-inline-start:16px;bottom:16px}}.pip{width:40px;height:40px;border-radius:50%;display:grid;place-items:center;background:color-mix(in srgb,var(--cl-icon) 16%,transparent);color:var(--cl-icon)}.facts{display:grid;gap:8px;padding:0 16px 16px;margin:0}@container (max-width:339px){.facts{padding-block-end:80px}}.facts > div{display:grid;grid-template-columns:40px minmax(0,1fr);gap:12px}.facts > div > .i{justify-self:center;color:var(--secondary-text-color)}.who{display:grid;gap:2px}.facts > div > div{min-width:0}.who > span{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:12px;overflow-wrap:anywhere}`,Wi=3;function Gi(e){return e.kind===`kitlock`?`lock`:`door`}var Ki=new IntersectionObserver(e=>{for(let{target:t,isIntersecting:n}of e)t instanceof qi&&t.see(n)},{rootMargin:`300px`}),qi=class extends k{constructor(...e){super(...e),this.inSight=!1,this.stale=!1,this.onOpen=e=>{e.ctrlKey||e.metaKey||e.shiftKey||e.button!==0||(e.preventDefault(),J(K(`door`,this.lock.device_id)))},this.onMake=()=>X(this.app,this.lock.device_id)}static{this.styles=[F,Z,I,Ui]}static{this.properties={...k.properties,lock:{attribute:!1}}}connectedCallback(){super.connectedCallback(),Ki.observe(this)}disconnectedCallback(){super.disconnectedCallback(),Ki.unobserve(this)}shouldUpdate(){return this.stale=this.hasUpdated&&!this.inSight,!this.stale}see(e){this.inSight=e,e&&this.stale&&this.requestUpdate()}render(){let{lock:e,app:t}=this,n=t.store.connected&&t.store.mayIssue(e);return b`<ha-card class="card door">
<div class="top">
<span class="pip">${D(Gi(e))}</span>
<div>
<h2 class="two">
<a href=${K(`door`,e.device_id)} @click=${this.onOpen}
><bdi>${e.name}</bdi></a
>
</h2>
${this.place()} ${this.batteryTag()}
</div>
${t.store.account(e.entry_id)?.may_issue?b`<button
class="btn tonal mk"
?disabled=${!n}
aria-label=${`${this.t(`make.make_one`)}: ${e.name}`}
@click=${this.onMake}
>
${D(`keyPlus`,`s`)}${this.t(`make.make_one`)}
</button>`:S}
</div>
${this.clock()}
<div class="facts">${this.news()}${this.who()}</div>
</ha-card>`}place(){let e=this.lock.kind===`kitlock`?`KitLock`:null,t=[this.lock.area,e].filter(Boolean);return t.length?b`<span class="sec small">${t.join(` · `)}</span>`:S}batteryTag(){let{battery:e,battery_low:t}=this.lock;return t?j(`bad`,`batteryLow`,e===null?this.t(`doors.battery_low`):this.t(`doors.battery`,{n:e})):S}clock(){let{lock:e}=this;if(e.clock_problem!==`lost`)return S;let t=e.keypad.set_clock.length>0;return b`<div class="pad">
${A({tone:`warn`,icon:`clockAlert`,title:this.t(`doors.clock_title`),text:this.t(`doors.clock_text`),...t?{action:{label:this.t(`coach.set_clock_button`),run:()=>Y(this.app,e.device_id,`set_clock`)}}:{}})}
</div>`}news(){let{lock:e,app:t}=this,n=e.last_activity?t.times.alone(t.times.moment(U(e.last_activity),e.time_zone)):null;return b`<div>
${D(`history`,`s`)}
<div>
<span class="vh">${this.t(`doors.latest`)} </span>
<span class="two">${O(Vi(e,t.words))}</span>
${n?b`<span class="sec small">${n}</span>`:S}
</div>
</div>`}who(){let{lock:e,app:t}=this,n=t.now(),r=Hr(t.store.codesOf(e.device_id),n),i=Wr(e,n).now.length,a=r.length-Wi;return b`<div>
${D(`people`,`s`)}
<div>
<span class="vh">${this.t(`doors.who_now`)} </span>
<div class="who">
${r.length===0?b`<span class="sec">${this.t(`doors.nobody`)}</span>`:S}
${r.slice(0,Wi).map(n=>{let r=t.times.end(U(n.end),e.time_zone),i=n.name??this.t(`codes.nameless`),a=n.state===`withdrawn`;return b`<span
><span>${O(a?this.t(`doors.withdrawn`,{name:i}):n.spare?this.t(`doors.spare`,{name:i}):i)}</span
><span class="sec"
>${this.t(a?`doors.still_until`:`doors.until`,{end:r})}</span
></span
>`})}
${a>0?b`<span class="sec">${this.t(`doors.more`,{n:a})}</span>`:S}
${i>0?b`<span class="sec">${this.n(`doors.phones`,i)}</span>`:S}
</div>
</div>
</div>`}};E(`codelocks-door-tile`,qi);var Ji=e=>typeof e==`string`&&e?e:null;async function Yi(e,t,n,r){return Xi((await e.callWS({type:`history/history_during_period`,start_time:new Date(n).toISOString(),end_time:new Date(r+1728e5).toISOString(),entity_ids:[t],minimal_response:!1,no_attributes:!1,significant_changes_only:!1,include_start_time_state:!1}))[t]??[],n,r)}function Xi(e,t,n){let r=new Map;for(let{a:i}of e){let e=Date.parse(Ji(i?.time)??``);!i||Number.isNaN(e)||e<t||e>=n||r.set(`${String(i.entry_id)} ${e}`,{time:e,type:Ji(i.event_type)??`other`,text:Ji(i.text),name:Ji(i.name)})}return[...r.values()].sort((e,t)=>t.time-e.time)}E(`codelocks-timeline`,class extends k{static{this.styles=[F,Z,I,vn,yn,_t]}static{this.properties={...k.properties,lock:{attribute:!1},day:{state:!0},date:{state:!0},entries:{state:!0},failed:{state:!0},reading:{state:!0},told:{state:!0}}}constructor(){super(),this.loaded=``,this.day=`today`,this.date=``,this.entries=null,this.failed=!1,this.reading=!1,this.told=``}willUpdate(e){if(e.has(`lock`)){let t=e.get(`lock`);t&&t.device_id!==this.lock.device_id&&(this.told=``)}let t=[this.lock.device_id,this.dayAt,this.lock.last_activity,this.app.store.connected].join(`|`);t!==this.loaded&&this.app.store.connected&&(this.loaded=t,this.load(t))}render(){return b`<ha-card class="card">
<header><h2>${this.t(`door.happened`)}</h2></header>
<div class="days-of">${this.days()}</div>
${this.list()} ${this.explain()} ${this.foot()}
</ha-card>`}get dayAt(){let{now:e,zone:t}={now:this.app.now(),zone:this.lock.time_zone},n=V(e,t);return this.day===`other`&&this.date?Date.parse(`${this.date}T00:00Z`)/864e5:this.day===`yesterday`?n-1:n}days(){let e=e=>b`<label
><input
type="radio"
name="day"
.checked=${this.day===e}
@change=${()=>this.choose(e)}
/>${this.t(`door.day_${e}`)}</label
>`,t=tn(this.app.now(),this.lock.time_zone).date;return b`<div class="seg" role="radiogroup" aria-label=${this.t(`door.day`)}>
${e(`today`)}${e(`yesterday`)}${e(`other`)}
</div>
${this.day===`other`?b`<label class="field"
><span>${this.t(`door.day`)}</span
><input
type="date"
max=${t}
.value=${this.date}
@change=${e=>this.date=e.target.value}
/></label>`:S}`}list(){let{words:e,times:t}=this.app;if(this.failed){let e={label:this.t(`make.try_again`),run:()=>void this.load(this.loaded)};return b`<div class="pad">
${A({tone:`bad`,icon:`alert`,text:this.t(`door.no_history`),action:e})}
</div>`}return this.entries?this.entries.length?b`<ol class="time">
${this.entries.map(n=>b`<li>
<span class="num">${t.time(n.time,this.lock.time_zone)}</span>${D(Hi(n),n.type===`denied`?`bad`:``)}
<div>${O(Bi(n,e))}</div>
</li>`)}
</ol>`:b`<p class="none sec">${this.t(`door.nothing`)}</p>`:b`<div class="pad" aria-busy="true"></div>`}explain(){let{times:e}=this.app,{lock:t}=this,n=t.time_zone,r=e.zoneName(n);return b`<p class="sec small explain">
${r?this.t(`door.times_zone`,{zone:r}):this.t(`door.times`)}
${t.read_at?this.t(`door.read_at`,{time:e.end(U(t.read_at),n)}):S}
${t.next_read_at?this.t(`door.next_read`,{time:e.end(U(t.next_read_at),n)}):this.t(`door.how_news`)}
</p>`}foot(){let{lock:e,app:t}=this,n=t.store.account(e.entry_id);if(!e.read_calls||!n||!t.hass.user?.is_admin)return S;let r=e.read_at?U(e.read_at)+yi:0,i=r>t.now(),a=i?this.n(`door.fresh`,Math.max(1,Math.floor((t.now()-r+yi)/6e4)),{time:t.times.time(r,e.time_zone)}):this.t(`door.read_price`,{n:e.read_calls,left:n.utility.left});return b`<div class="foot">
<button
class="btn plain"
?disabled=${i||this.reading||!t.store.connected||n.state!==`ok`}
@click=${()=>void this.read()}
>
${D(`refresh`,`s`)}${this.t(`door.read_now`)}
</button>
<span class="sec small price" role="status">${this.told} ${a}</span>
</div>`}choose(e){this.day=e,e===`other`&&!this.date&&(this.date=tn(this.app.now()-1728e5,this.lock.time_zone).date)}async load(e){let{entity:t,zone:n}={entity:this.lock.entities.activity,zone:this.lock.time_zone};if(!t)return;let[r,i]=[H(this.dayAt,0,n),H(this.dayAt+1,0,n)];try{let n=await Yi(this.app.hass,t,r,i);if(e!==this.loaded)return;this.entries=n,this.failed=!1}catch{e===this.loaded&&(this.failed=!0)}}async read(){let e=this.lock.last_activity;this.reading=!0,this.told=``;try{await rt(this.app.hass,[this.lock.device_id]),await new Promise(e=>setTimeout(e,1200));let t=this.app.store.lock(this.lock.device_id)?.last_activity??null;this.told=t===e?this.t(`door.nothing_new`):this.t(`door.news_came`)}catch(e){this.app.fail(e)}finally{this.reading=!1}}}),E(`codelocks-who`,class extends k{constructor(...e){super(...e),this.held=new er(this)}static{this.styles=[F,Z,I,R,ht,gt,yt]}static{this.properties={...k.properties,lock:{attribute:!1}}}render(){let{lock:e,app:t}=this,n=t.now(),r=t.store.codesOf(e.device_id),i=Wr(e,n),a=[...Hr(r,n).map(e=>this.code(e,!0)),...i.now.map(e=>this.phone(e))],o=[...i.later.filter(e=>e.state===`on`).map(e=>this.phone(e)),...Ur(r,n).map(e=>this.code(e,!1)),...this.visits().map(([e,t])=>this.visit(e,t)),...i.later.filter(e=>e.state!==`on`).map(e=>this.phone(e))];return b`<ha-card class="card">
<header><h2>${this.t(`door.who`)}</h2></header>
${this.group(`door.now`,a.length?a:[b`<p class="none sec">${this.t(`doors.nobody`)}</p>`])}
${this.group(`door.later`,o)}
${this.group(`door.not`,i.not.map(e=>this.phone(e)))} ${this.invite()}
</ha-card>`}group(e,t){return t.length?b`<h3 class="sub">${this.t(e)}</h3>
<div class="list">${t}</div>`:S}row(e,t,n,r,i,a=!1){return b`<div class="row ${a?`fresh`:``}">
${D(e)}
<div class="body">
<span class="two">${O(t)}</span><span class="sec">${n}</span>
${r.length?b`<span class="tags">${r}</span>`:S}
</div>
<div class="end">${i}</div>
</div>`}code(e,t){let{app:n,lock:r}=this,i=e.name??this.t(`codes.nameless`),a=e.state===`withdrawn`,o=n.times.moment(U(e.end),r.time_zone),s=n.times.short(U(e.start),U(e.end),r.time_zone),c=t?this.t(a?`door.code_still`:`door.code_until`,{end:o}):this.t(`door.code_later`,{window:s}),l=this.codeEnd(e,i,a);return this.row(`keypad`,i,c,Xn(n,e,!1),l,n.isFresh(e.id))}codeEnd(e,t,n){let{app:r,lock:i}=this,a=this.held.value?.id===e.id?this.held.value.netcode:null,o=Je(this.t(`codes.more`,{name:t}),()=>Ai(r,e,()=>void this.show(e)));return a===null?n&&i.keypad.block.length?b`<button class="btn plain" @click=${()=>Y(r,i.device_id,`block`)}>${this.t(`codes.block`)}</button
>${o}`:n?o:b`<button
class="ib sec"
aria-label=${this.t(`codes.show_of`,{name:t})}
@click=${()=>void this.show(e)}
>
${D(`eye`)}</button
>${o}`:b`<output class="shown" aria-label=${Rn(a)}>${Ln(a)}</output
><button class="ib sec" aria-label=${this.t(`codes.hide`)} @click=${this.held.drop}>
${D(`eyeOff`)}</button
>${o}`}phone(e){let{app:t,lock:n}=this,r=zr(e.active_periods,t.words,t.times),i=Lr(e.active_periods,t.now(),n.time_zone),a=e.state===`on`&&Wr(n,t.now()).later.includes(e),o=e.state===`suspended`?this.t(`door.phone`):a&&i!==null?this.t(`door.phone_next`,{hours:r,time:t.times.weekdayTime(i,n.time_zone)}):this.t(`door.phone_hours`,{hours:r}),s={on:[],suspended:[j(`warn`,`pause`,this.t(`people.suspended`))],invited:[j(`info`,`invited`,this.t(`people.invited`))],unknown:[j(``,`help`,this.t(`people.unknown`))]}[e.state],c=this.phoneMenu(e),l=c.length?Je(this.t(`codes.more`,{name:e.email}),c):S;return this.row(e.state===`suspended`?`personOff`:`phone`,e.email,o,s,l)}phoneMenu(e){let{app:t,lock:n}=this;if(!t.store.mayIssue(n)||!t.store.connected)return[];let r=t=>({icon:t?`pause`:`phone`,label:this.t(t?`people.suspend`:`people.restore`),run:()=>void this.change(e.email,t)});return e.state===`on`?[r(!0)]:e.state===`suspended`?[r(!1)]:[]}visits(){let{lock:e,app:t}=this,n=new Set(t.store.codesOf(e.device_id).map(e=>e.id));return t.store.orders.filter(t=>t.device_ids.includes(e.device_id)).flatMap(e=>e.next.filter(e=>e.state!==`cancelled`&&U(e.end)>t.now()).filter(e=>!e.codes.some(e=>n.has(e))).map(t=>[e,t])).sort(([,e],[,t])=>U(e.start)-U(t.start))}visit(e,t){let{app:n,lock:r}=this,i=n.times.short(U(t.start),U(t.end),r.time_zone),a=[...t.code_at?[j(``,`clock`,this.t(`door.code_comes`,{time:n.times.moment(U(t.code_at),r.time_zone)}))]:[],...t.problem?[j(`bad`,`warning`,t.problem)]:[]],o=e.kind===`bookings`?`door.booking`:`door.visitor`;return this.row(`bed`,t.title,this.t(o,{window:i}),a,S)}invite(){return this.lock.kind===`kitlock`||!pr(`people`)?S:b`<div class="foot">
<button class="btn plain" @click=${()=>this.app.go(`people`)}>
${D(`invite`,`s`)}${this.t(`door.invite`)}
</button>
</div>`}async show(e){let t=await Ei(this.app,e.id);t!==null&&this.isConnected&&this.held.show({id:e.id,netcode:t})}async change(e,t){let{app:n,lock:r}=this;try{let i=t?`suspend_client`:`restore_client`,{results:a}=await it(n.hass,i,[r.device_id],e),o=a.find(e=>!e.ok);if(o)throw Error(o.result);if(!t)return;n.tell({text:n.words.n(`people.suspended_at`,1,{email:e}),action:{label:n.words.t(`people.restore`),run:()=>void this.change(e,!1)}})}catch(e){n.fail(e)}}}),E(`codelocks-door`,class extends k{constructor(...e){super(...e),this.last=null,this.make=()=>X(this.app,this.deviceId)}static{this.styles=[F,Z,I,L,R,Ui]}static{this.properties={...k.properties,deviceId:{attribute:!1}}}render(){let e=this.app.store.lock(this.deviceId);return e?(this.last={id:e.device_id,name:e.name},b`<div class="stack wide">
${this.lead(e)} ${this.notes(e)}
<div class="cols">
<div><codelocks-who .app=${this.app} .lock=${e}></codelocks-who></div>
<div>
${e.entities.activity?b`<codelocks-timeline .app=${this.app} .lock=${e}></codelocks-timeline>`:S}
${this.keypad(e)}
</div>
</div>
${this.mayMake(e)?this.floating(e):S}
</div>`):this.gone()}mayMake(e){return!!this.app.store.account(e.entry_id)?.may_issue}lead(e){let{times:t,words:n}=this.app,r=Vi(e,n),i=e.last_activity?this.t(`door.news`,{news:r,time:t.moment(U(e.last_activity),e.time_zone)}):r,a=e.model??(e.kind===`kitlock`?`KitLock`:null),o=[e.area,a,t.zoneName(e.time_zone)].filter(Boolean).join(` · `),s=e.battery===null?e.battery_low?this.t(`doors.battery_low`):null:this.t(`doors.battery`,{n:e.battery});return b`<div class="lead">
<span class="pip">${D(Gi(e))}</span>
<div class="grow">
<h2>${i}</h2>
<span class="sec"
>${o}${s?b` ${o?`· `:``}<span class="battery ${e.battery_low?`low`:``}"
>${D(e.battery_low?`batteryLow`:`battery`,`xs`)} ${s}</span
>`:S}</span
>
</div>
${this.mayMake(e)?b`<span class="not-phone"
><button class="btn fill" ?disabled=${!this.ready(e)} @click=${this.make}>
${D(`keyPlus`)}${this.t(`door.make_for`,{door:e.name})}
</button></span
>`:S}
</div>`}notes(e){return e.clock_problem===`lost`?A({tone:`warn`,icon:`clockAlert`,title:this.t(`doors.clock_title`),text:this.t(`doors.clock_text`),...e.keypad.set_clock.length?{action:{label:this.t(`coach.set_clock_button`),run:()=>Y(this.app,e.device_id,`set_clock`)}}:{}}):S}keypad(e){let t=Er.filter(t=>e.keypad[t].length>0);return t.length?b`<ha-card class="card">
<header><h2>${this.t(`door.keypad`)}</h2></header>
<div class="list">${t.map(t=>this.lesson(e,t))}</div>
</ha-card>`:S}lesson(e,t){let n=e.keypad[t],r=n.some(e=>e.what===`master_code`)?`master_steps`:`steps`;return b`<button
class="row link"
@click=${()=>Y(this.app,e.device_id,t)}
>
${D({block:`blocked`,set_clock:`clockAlert`,start_anew:`renew`}[t])}
<span class="body"
><span>${this.t(`door.${t}`)}</span
><span class="sec">${this.n(`door.${r}`,n.length)}</span></span
>
${D(`next`,`sec flip`)}
</button>`}floating(e){return b`<div class="phone-only under-fab"></div>
<button class="btn fill big fab low-fab" ?disabled=${!this.ready(e)} @click=${this.make}>
${D(`keyPlus`)}${this.t(`make.make_one`)}
</button>`}gone(){let e=this.last?.id===this.deviceId?this.last.name:null;return A({tone:`warn`,icon:`door`,title:e?this.t(`door.gone_title`,{door:e}):this.t(`door.unknown_title`),...e?{text:this.t(`door.gone_text`)}:{},action:{label:this.t(`door.back`),run:()=>this.app.go(`doors`)}})}ready(e){return this.app.store.connected&&this.app.store.mayIssue(e)}});var Zi=9;E(`codelocks-doors`,class extends k{static{this.styles=[F,Z,I,L,yn]}static{this.properties={...k.properties,wanted:{state:!0}}}constructor(){super(),this.growing=new vi(this),this.wanted=``}render(){let{store:e}=this.app;if(!e.accounts.length)return Ye(this.app);if(!e.locks.length)return this.noLocks();let t=e.locks.length>=Zi,n=this.found();return b`<h2 class="vh">${this.t(`tabs.doors`)}</h2>
<div class="stack">
${e.accounts.map(e=>this.accountNotes(e))}
${t?this.find():S}
${t&&!this.wanted?this.byArea(n):this.grid(n)}
${n.length?this.growing.end(n.length):this.nothingFound()}
</div>`}found(){let e=this.wanted.trim().toLocaleLowerCase(this.app.hass.language);return this.app.store.locks.filter(t=>`${t.name} ${t.area??``}`.toLocaleLowerCase(this.app.hass.language).includes(e))}grid(e){return b`<div class="grid">
${wi(this.growing.first(e),e=>e.device_id,e=>b`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>`}byArea(e){let t=new Map;for(let n of e)t.set(n.area??``,[...t.get(n.area??``)??[],n]);let n=[...t.keys()].sort((e,t)=>Number(!e)-Number(!t)||e.localeCompare(t,this.app.hass.language)),r=this.growing.first(n.flatMap(e=>t.get(e)??[])),i=new Set(r);return b`${wi(n.filter(e=>t.get(e)?.some(e=>i.has(e))),e=>e,e=>b`<section class="stack">
<h3>${e||this.t(`doors.no_area`)}</h3>
<div class="grid">
${wi(t.get(e)?.filter(e=>i.has(e))??[],e=>e.device_id,e=>b`<codelocks-door-tile .app=${this.app} .lock=${e}></codelocks-door-tile>`)}
</div>
</section>`)}`}find(){return b`<label class="find"
>${D(`find`)}<input
type="search"
.value=${this.wanted}
placeholder=${this.t(`doors.find`)}
aria-label=${this.t(`doors.find`)}
@input=${e=>{this.wanted=e.target.value}}
/></label>`}accountNotes(e){let t=()=>J(q(e.entry_id)),n=this.app.hass.user?.is_admin;if(e.state!==`ok`){let r=e.state===`keys_refused`;return A({tone:`warn`,icon:`cloudOff`,title:this.t(`account.off_title`,{account:e.title}),text:this.t(r?`account.refused_text`:`account.off_text`),...n&&r?{action:{label:this.t(`account.keys_button`),run:t}}:{}})}return e.netcode.left===0&&e.may_issue?this.spent(e):S}spent(e){let{times:t,store:n,hass:r}=this.app,i=r.config.time_zone,a=()=>J(q(e.entry_id)),o=n.locks.filter(t=>t.entry_id===e.entry_id&&t.spare_until);return b`${A({tone:`warn`,icon:`calls`,title:this.t(`account.spent_title`),text:this.t(`account.spent_text`,{day:t.day(U(e.resets_at),i),time:t.time(U(e.resets_at),i)}),...r.user?.is_admin?{action:{label:this.t(`account.plan_button`),run:a}}:{}})}
${o.map(e=>A({tone:`info`,icon:`spare`,text:this.t(`account.has_spare`,{door:e.name,end:t.full(U(e.spare_until??``),e.time_zone)})}))}`}noLocks(){let e=this.app.hass.user?.is_admin?b`<button class="btn fill" @click=${()=>J(q())}>
${D(`plus`)}${this.t(`doors.add_kitlock`)}
</button>`:void 0;return b`<ha-card class="card"
>${M(`keypadHint`,this.t(`doors.empty_title`),this.t(`doors.empty_text`),e)}</ha-card
>`}nothingFound(){let e=b`<button class="btn" @click=${()=>{this.wanted=``}}>${this.t(`find.clear`)}</button>`;return b`<ha-card class="card"
>${M(`find`,this.t(`find.nothing`,{text:this.wanted}),``,e)}</ha-card
>`}});var Qi=300,$i=class extends T{constructor(...e){super(...e),this.app=new _r,this.scrolled=new Map,this.shown=``,this.onMenu=()=>{this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))},this.onMake=()=>X(this.app),this.onBack=e=>{ea(e)&&(e.preventDefault(),this.scrolled.size>0?history.back():J(K(dr[0]?.slug??``)))},this.onLink=e=>{ea(e)&&(e.preventDefault(),J(e.currentTarget.pathname))},this.onKey=e=>{let[t]=e.composedPath();if(!(t instanceof HTMLElement&&t.matches(`input, textarea, select`)||e.ctrlKey||e.metaKey||e.altKey||this.app.dialogs.size)){if(e.key===`n`&&this.app.ready&&this.app.store.state===`ready`)e.preventDefault(),e.stopPropagation(),this.onMake();else if(e.key===`/`){let t=this.renderRoot.querySelector(`main > :last-child`)?.shadowRoot?.querySelector(`.find input`);if(!t)return;e.preventDefault(),t.focus()}}}}static{this.styles=[F,Z,I,L,gt,ht,mt,Ar]}static{this.properties={narrow:{type:Boolean,reflect:!0},route:{attribute:!1},waited:{state:!0}}}set hass(e){this.app.setHass(e)}connectedCallback(){super.connectedCallback(),this.app.add(this),this.app.start(),setTimeout(()=>this.waited=!0,Qi),window.addEventListener(`keydown`,this.onKey)}disconnectedCallback(){super.disconnectedCallback(),this.app.stop(),this.app.remove(this),window.removeEventListener(`keydown`,this.onKey)}firstUpdated(){this.app.dialogHost=this.renderRoot}willUpdate(){if(this.path===this.shown)return;let e=document.scrollingElement;e&&this.shown&&this.scrolled.set(this.shown,e.scrollTop)}updated(){let e=this.path;if(!this.app.ready||e===this.shown)return;let t=!this.shown;this.shown=e;let{view:n}=fr(e);document.title=this.app.words.t(`tabs.${n.slug}`),document.scrollingElement?.scrollTo(0,this.scrolled.get(e)??0),t||this.renderRoot.querySelector(`h1`)?.focus({preventScroll:!0})}render(){if(!this.app.ready)return b`${this.waited?this.bones():S}`;let{view:e,id:t}=fr(this.path);return b`<div class=${e.icon===null?``:`has-tabs`}>
${this.header(e,t)}
<main class="view">
${this.connection()} ${this.content(e.render(this.app,t))}
</main>
${Xe(this.app)}
</div>`}get path(){return(this.route?.path??location.pathname.slice(10))||`/`}header({slug:e,icon:t,makes:n},r){let{words:i,store:a}=this.app,o=t!==null,s=o?i.t(`page.title`):a.lock(r)?.name??i.t(`tabs.${e}`),c=a.connected&&a.locks.some(e=>a.mayIssue(e)),l=n&&a.accounts.some(e=>e.may_issue);return b`<header class="head">
${o?b`<button
class="ib"
?hidden=${!this.narrow&&this.app.hass.dockedSidebar!==`always_hidden`}
aria-label=${i.t(`page.menu`)}
@click=${this.onMenu}
>
${D(`menu`)}
</button>`:b`<a
class="ib"
href=${K(dr[0]?.slug??``)}
aria-label=${i.t(`page.back`)}
@click=${this.onBack}
>${D(`back`,`flip`)}</a
>`}
<h1 tabindex="-1"><bdi>${s}</bdi></h1>
${o?this.tabs(e):S}
<span class="grow"></span>
${l?b`<span class="not-phone"
><button class="btn fill" ?disabled=${!c} @click=${this.onMake}>
${D(`keyPlus`)}${i.t(`make.make_one`)}
</button></span
>`:S}
${this.more(e===`door`?r:``)}
</header>`}tabs(e){let{words:t}=this.app;return b`<nav class="tabs" aria-label=${t.t(`page.title`)}>
${dr.map(n=>n.icon?b`<a
href=${K(n.slug)}
aria-current=${n.slug===e?`page`:S}
@click=${this.onLink}
>${D(n.icon)}${t.t(`tabs.${n.slug}`)}</a
>`:S)}
</nav>`}more(e){let{words:t,hass:n}=this.app;if(!n.user?.is_admin)return S;let r=e?`/config/devices/device/${e}`:q(),i=t.t(e?`more.device`:`more.settings`);return Je(t.t(`more.label`),[{icon:`open`,label:i,run:()=>J(r)}])}connection(){let{words:e,store:t,times:n,hass:r}=this.app;if(t.connected)return S;let i=n.time(t.heardAt||this.app.now(),r.config.time_zone);return A({icon:`offline`,title:e.t(`offline.title`),text:e.t(`offline.text`,{time:i})})}content(e){let{words:t,store:n}=this.app;if(n.state===`ready`)return e;if(n.state===`loading`)return this.waited?this.bones():b``;let r=t.t(n.state===`refused`?`refused.title`:`failed.title`),i=t.t(n.state===`refused`?`refused.text`:`failed.text`);return A({tone:n.state===`failed`?`bad`:``,icon:`personOff`,title:r,text:i})}bones(){let e=b`<div class="card door-bone" aria-hidden="true">
<span class="bone r"></span><span class="bone"></span><span class="bone low"></span>
</div>`;return b`<div class="grid" aria-busy="true">${e}${e}${e}</div>`}};function ea(e){return!(e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)&&e.button===0}E(`codelocks-panel`,$i);