import { css } from "lit";

export const base = css`
  :host {
    --cl-primary-text: color-mix(in srgb, var(--primary-color) 70%, var(--primary-text-color));
    --cl-primary-fill: color-mix(in srgb, var(--primary-color) 78%, black);
    --cl-tonal: var(--ha-color-fill-primary-normal-resting, color-mix(in srgb, var(--primary-color) 14%, transparent));
    --cl-on-tonal: color-mix(in srgb, var(--primary-color) 62%, var(--primary-text-color));
    --cl-touch: 48px;
    --cl-font: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    --cl-icon: var(--state-icon-color, var(--secondary-text-color));
    --cl-card: var(--ha-card-background, var(--card-background-color, #fff));
    --cl-neutral-fill: var(--ha-color-fill-neutral-normal-resting, var(--secondary-background-color));
    --cl-on-neutral: var(--ha-color-on-neutral-normal, var(--secondary-text-color));
    --cl-ok-fill: var(--ha-color-fill-success-normal-resting, color-mix(in srgb, var(--success-color) 20%, var(--cl-card)));
    --cl-on-ok: var(--ha-color-on-success-normal, color-mix(in srgb, var(--success-color) 50%, var(--primary-text-color)));
    --cl-warn-fill: var(--ha-color-fill-warning-normal-resting, color-mix(in srgb, var(--warning-color) 20%, var(--cl-card)));
    --cl-on-warn: var(--ha-color-on-warning-normal, color-mix(in srgb, var(--warning-color) 45%, var(--primary-text-color)));
    --cl-bad-fill: var(--ha-color-fill-danger-normal-resting, color-mix(in srgb, var(--error-color) 16%, var(--cl-card)));
    --cl-on-bad: var(--ha-color-on-danger-normal, color-mix(in srgb, var(--error-color) 70%, var(--primary-text-color)));
    display: block;
    color: var(--primary-text-color);
    font: 400 var(--ha-font-size-m, 14px)/1.43 var(--cl-font);
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  .i {
    width: 24px;
    height: 24px;
    fill: currentColor;
    flex: none;
  }
  .flip:dir(rtl) {
    scale: -1 1;
  }
  .i.s {
    width: 20px;
    height: 20px;
  }
  .i.xs {
    width: 16px;
    height: 16px;
  }
  a {
    color: var(--cl-primary-text);
  }
  h2 {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
    line-height: 24px;
    margin: 0;
  }
  h3 {
    font-size: var(--ha-font-size-m, 14px);
    font-weight: 500;
    line-height: 20px;
    margin: 0;
  }
  p {
    margin: 0;
  }
  .sec {
    color: var(--secondary-text-color);
  }
  .small {
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
  }
  .num {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .b {
    font-weight: 500;
  }
  .vh {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: 2px;
  }
  .clip {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .two {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  bdi {
    unicode-bidi: isolate;
  }
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--cl-touch);
    padding: 4px 20px;
    border: 0;
    border-radius: 24px;
    cursor: pointer;
    font: 500 var(--ha-font-size-m, 14px)/20px var(--cl-font);
    text-decoration: none;
    background: none;
    color: var(--cl-primary-text);
    text-align: center;
  }
  .btn.fill {
    background: var(--cl-primary-fill);
    color: var(--text-primary-color, #fff);
  }
  .btn.tonal {
    background: var(--cl-tonal);
    color: var(--cl-on-tonal);
  }
  .btn.danger {
    color: var(--cl-on-bad);
  }
  .btn.danger.fill {
    background: #b30532;
    background: color-mix(in srgb, var(--error-color) 75%, black);
    color: #fff;
  }
  .btn.plain {
    padding-inline: 12px;
  }
  .btn[disabled] {
    background: var(--cl-neutral-fill);
    color: var(--secondary-text-color);
    cursor: default;
  }
  .btn.wide {
    width: 100%;
  }
  .btn.big {
    min-height: 56px;
    border-radius: 28px;
    font-size: var(--ha-font-size-l, 16px);
  }
  .btns {
    display: flex;
    gap: 8px;
    flex-wrap: wrap;
  }
  @media (min-width: 600px) {
    .head .btn {
      min-height: 40px;
      border-radius: 20px;
    }
  }
  .ib {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 48px;
    height: 48px;
    flex: none;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--primary-text-color);
    cursor: pointer;
    text-decoration: none;
    padding: 0;
  }
  .ib[disabled] {
    opacity: 0.4;
    cursor: default;
  }
  .ib.sec {
    color: var(--secondary-text-color);
  }
  .btn:hover, .ib:hover, .row:hover, .chip:hover {
    background-image: linear-gradient(color-mix(in srgb, currentColor 6%, transparent) 0 0);
  }
`;

export const tags = css`
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    padding-block: 2px;
    padding-inline: 6px 8px;
    border-radius: 12px;
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    background: var(--cl-neutral-fill);
    color: var(--cl-on-neutral);
    max-width: 100%;
  }
  .tag .i {
    width: 16px;
    height: 16px;
  }
  .tag.ok {
    background: var(--cl-ok-fill);
    color: var(--cl-on-ok);
  }
  .tag.warn {
    background: var(--cl-warn-fill);
    color: var(--cl-on-warn);
  }
  .tag.bad {
    background: var(--cl-bad-fill);
    color: var(--cl-on-bad);
  }
  .tag.info {
    background: var(--cl-tonal);
    color: var(--cl-on-tonal);
  }
  .note {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 12px;
    padding: 12px 16px;
    border-radius: 8px;
    background: var(--cl-neutral-fill);
  }
  .note > .i {
    color: var(--cl-on-neutral);
  }
  .note > div {
    display: grid;
    gap: 4px;
    align-content: center;
    min-height: 24px;
  }
  .note .btn {
    justify-self: start;
    margin-inline-start: -12px;
    padding-inline: 12px;
    min-height: 48px;
    margin-block: -4px -8px;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .note.warn {
    background: var(--cl-warn-fill);
  }
  .note.warn > .i {
    color: var(--cl-on-warn);
  }
  .note.bad {
    background: var(--cl-bad-fill);
  }
  .note.bad > .i {
    color: var(--cl-on-bad);
  }
  .note.ok {
    background: var(--cl-ok-fill);
  }
  .note.ok > .i {
    color: var(--cl-on-ok);
  }
  .note.info {
    background: var(--cl-tonal);
  }
  .note.info > .i {
    color: var(--cl-on-tonal);
  }
`;

export const states = css`
  .empty {
    display: grid;
    justify-items: center;
    gap: 12px;
    text-align: center;
    padding: 40px 24px;
    max-width: 460px;
    margin-inline: auto;
  }
  .empty > .i {
    width: 56px;
    height: 56px;
    color: var(--cl-icon);
  }
  .empty h2 {
    font-size: 20px;
    line-height: 28px;
  }
  .bone {
    border-radius: 8px;
    background: var(--secondary-background-color);
    height: 16px;
  }
  .bone.r {
    width: 40px;
    height: 40px;
    border-radius: 50%;
  }
`;

export const toast = css`
  .toast {
    position: fixed;
    z-index: 7;
    inset-inline: 16px;
    bottom: 16px;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .toast > div {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    max-width: 600px;
    padding-block: 4px;
    padding-inline: 16px 8px;
    border-radius: 8px;
    background: var(--primary-text-color);
    color: var(--primary-background-color);
    pointer-events: auto;
    overflow-wrap: anywhere;
  }
  .toast .btn, .toast .ib {
    flex: none;
    color: inherit;
  }
  .toast .btn {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`;
