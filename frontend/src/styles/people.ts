import { css } from "lit";

export const matrixStyle = css`
  :host {
    border-radius: var(--ha-card-border-radius, 12px);
  }
  .scroll {
    position: relative;
    overflow-x: auto;
    scroll-padding-inline: 240px 64px;
    border-radius: inherit;
  }
  .matrix {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  .matrix th {
    font-weight: 500;
    line-height: 20px;
    padding: 12px 4px;
    overflow-wrap: anywhere;
  }
  .matrix th .sec {
    font-weight: 400;
  }
  .matrix th:first-child {
    width: 26%;
    min-width: 200px;
    padding-inline: 16px 8px;
    text-align: start;
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: var(--cl-card);
  }
  .matrix .many {
    width: 124px;
  }
  .matrix th:first-child:has(~ .many) {
    width: 240px;
  }
  .matrix th:last-child {
    width: 64px;
  }
  .matrix :is(th, td):last-child {
    position: sticky;
    inset-inline-end: 0;
    background: var(--cl-card);
  }
  .matrix td:has([open]) {
    z-index: 2;
  }
  .matrix tbody :is(th, td) {
    height: 72px;
    border-block-start: 1px solid var(--divider-color);
  }
  .matrix td {
    padding: 4px;
    text-align: center;
  }
  .matrix .menu-at {
    display: block;
  }
  .matrix td:last-child .ib {
    margin-inline: auto;
  }
  .cell {
    display: inline-grid;
    justify-items: center;
    align-content: center;
    width: 100%;
    min-height: 64px;
    padding: 2px;
    border: 0;
    border-radius: 8px;
    background: none;
    font: 500 12px/16px var(--cl-font);
    color: var(--cl-on-ok);
    overflow-wrap: anywhere;
  }
  :is(button, summary).cell {
    cursor: pointer;
  }
  :is(button, summary).cell:hover {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  .cell small {
    font-size: 12px;
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .cell.suspended {
    color: var(--cl-on-warn);
  }
  .cell.invited {
    color: var(--cl-on-tonal);
  }
  .cell:is(.unknown, .no) {
    color: var(--secondary-text-color);
  }
  .cell:focus-visible {
    outline-offset: -2px;
  }
`;

export const peopleStyle = css`
  .person + .person {
    border-block-start: 1px solid var(--divider-color);
  }
  .person > summary.row {
    grid-template-columns: 24px minmax(0, 1fr) 48px;
  }
  .person > summary .turn {
    justify-self: center;
    color: var(--secondary-text-color);
  }
  .person summary:focus-visible {
    outline-offset: -2px;
  }
  .person > .list {
    border-block-start: 1px solid var(--divider-color);
  }
  .person .list > .row {
    content-visibility: auto;
    contain-intrinsic-size: auto 56px;
    min-height: 56px;
    padding-block: 4px;
  }
  .person > .btns {
    padding: 8px;
    border-block-start: 1px solid var(--divider-color);
  }
  .person > .btns > .plain {
    order: 1;
  }
  .switch {
    appearance: none;
    position: relative;
    width: 52px;
    height: 32px;
    margin: 8px;
    flex: none;
    border-radius: 16px;
    border: 2px solid var(--secondary-text-color);
    cursor: pointer;
  }
  .switch::after {
    content: "";
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 6px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--secondary-text-color);
  }
  .switch:checked {
    background: var(--cl-primary-fill);
    border-color: var(--cl-primary-fill);
  }
  .switch:checked::after {
    inset-inline-start: 24px;
    width: 20px;
    height: 20px;
    inset-block-start: 4px;
    background: #fff;
  }
  .switch:disabled {
    opacity: 0.6;
    cursor: default;
  }
  @media (forced-colors: active) {
    .switch:checked::after {
      background: Highlight;
    }
  }
`;

export const weekStyle = css`
  :host {
    display: grid;
    gap: 12px;
    grid-template-columns: minmax(0, 1fr);
  }
  .week {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    row-gap: 6px;
    align-items: center;
  }
  .bar {
    position: relative;
    height: 32px;
    border-radius: 4px;
    background: repeating-linear-gradient(to right, var(--divider-color) 0 1px, transparent 1px 25%), var(--input-fill-color, color-mix(in srgb, var(--primary-text-color) 5%, transparent));
    direction: ltr;
  }
  .bar > span {
    position: absolute;
    top: 4px;
    bottom: 4px;
    border-radius: 4px;
    background: var(--cl-primary-fill);
    color: #fff;
    font-size: 12px;
    line-height: 24px;
    padding-inline: 8px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .axis {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
    color: var(--secondary-text-color);
    direction: ltr;
  }
  .period {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto 48px;
    gap: 8px 16px;
    align-items: center;
    padding-block: 12px;
  }
  .period + .period {
    border-block-start: 1px solid var(--divider-color);
  }
  .field select {
    width: 112px;
    padding-inline: 12px;
  }
  .period > p {
    grid-column: 1 / -1;
  }
  .days {
    display: flex;
    gap: 4px;
    flex-wrap: wrap;
  }
  .day {
    position: relative;
    min-width: 40px;
    height: 40px;
    display: grid;
    place-items: center;
    border-radius: 20px;
    border: 1px solid color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    font-size: 12px;
    font-weight: 500;
    padding-inline: 4px;
    cursor: pointer;
  }
  .day input {
    position: absolute;
    inset: 0;
    margin: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .day:has(:checked) {
    background: var(--cl-primary-fill);
    border-color: var(--cl-primary-fill);
    color: #fff;
  }
  .day:has(:focus-visible) {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: 2px;
  }
  .btns {
    align-items: center;
  }
  [role="alert"] {
    color: var(--cl-on-bad);
  }
  @media (max-width: 599px) {
    .period {
      grid-template-columns: 1fr 1fr 48px;
    }
    .days {
      grid-column: 1 / -1;
    }
    .field select {
      width: 100%;
    }
    .day {
      flex: 1;
      min-width: 36px;
      height: 48px;
      border-radius: 12px;
    }
    .bar > span {
      font-size: 11px;
      padding-inline: 4px;
    }
  }
  @media (forced-colors: active) {
    .bar > span, .day:has(:checked) {
      border: 2px solid CanvasText;
    }
  }
`;
