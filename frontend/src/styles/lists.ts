import { css } from "lit";

export const rows = css`
  .list {
    display: block;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 16px;
    min-height: 64px;
    padding-block: 10px;
    padding-inline: 16px 8px;
    color: inherit;
    text-decoration: none;
  }
  .list > li + li > .row, .list > .row + .row {
    border-block-start: 1px solid var(--divider-color);
  }
  .row > .i {
    color: var(--cl-icon);
  }
  .row > .body {
    min-width: 0;
    display: grid;
    gap: 2px;
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
  }
  .row > .i:last-child {
    color: var(--secondary-text-color);
  }
  @media (max-width: 599px) {
    .row:has(> .end > .btn) {
      row-gap: 0;
    }
    .row > .end:has(> .btn) {
      grid-column: 2 / -1;
      justify-content: space-between;
      margin-inline-start: -12px;
      margin-block-end: -8px;
    }
    .row:has(> .end > .btn) > .body {
      grid-column: 2 / -1;
    }
  }
  .row > .end {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .row .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: 4px;
  }
  .sub {
    padding: 16px 16px 4px;
    font-size: 14px;
    font-weight: 500;
    color: var(--secondary-text-color);
  }
  @media (max-width: 359px) {
    .row > .end:has(> .ib ~ .ib) {
      grid-column: 2 / -1;
      justify-content: flex-end;
      margin-block: -4px -8px;
    }
    .row:has(> .end > .ib ~ .ib) > .body {
      grid-column: 2 / -1;
    }
  }

  button.row {
    width: 100%;
    border: 0;
    background: none;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .list > button.row + button.row {
    border-block-start: 1px solid var(--divider-color);
  }
  .shown {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 20px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    direction: ltr;
    white-space: nowrap;
  }
  .shown i {
    font-style: normal;
    margin-inline-start: 6px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .fresh {
      animation: fresh 1.2s ease-out 1;
    }
    @keyframes fresh {
      from {
        background-color: var(--cl-tonal);
      }
    }
  }
`;

export const pop = css`
  .menu-at {
    position: relative;
    display: inline-block;
  }
  .pop {
    position: fixed;
    z-index: 8;
    width: 248px;
    max-height: calc(100vh - 16px);
    overflow: auto;
    padding-block: 8px;
    border-radius: 12px;
    background: var(--cl-card);
    border: 1px solid var(--ha-card-border-color);
    box-shadow: 0 4px 16px #00000033;
    display: grid;
  }
  .pop button {
    border: 0;
    background: none;
    font: inherit;
    cursor: pointer;
    display: flex;
    align-items: center;
    gap: 16px;
    min-height: 48px;
    padding-inline: 16px;
    color: inherit;
    text-decoration: none;
    text-align: start;
  }
  .pop button .i {
    color: var(--secondary-text-color);
  }
  .pop button:hover {
    background: color-mix(in srgb, currentColor 6%, transparent);
  }
  .pop .bad, .pop .bad .i {
    color: var(--cl-on-bad);
  }
`;

export const details = css`
  details > summary {
    list-style: none;
    cursor: pointer;
  }
  details > summary::-webkit-details-marker {
    display: none;
  }
  details[open] > summary .turn {
    rotate: 180deg;
  }
`;

export const timelineStyle = css`
  .time {
    list-style: none;
    margin: 0;
    padding: 0 16px 8px;
  }
  .time li {
    display: grid;
    grid-template-columns: 44px 24px minmax(0, 1fr);
    gap: 12px;
    padding-block: 8px;
    position: relative;
    align-items: start;
  }
  .time li > .num {
    color: var(--secondary-text-color);
    line-height: 24px;
    text-align: end;
  }
  .time li > .i {
    padding: 2px;
    background: var(--cl-card);
    color: var(--cl-icon);
    z-index: 1;
  }
  .time li > .i.bad {
    color: var(--cl-on-bad);
  }
  .time li:not(:last-child)::after {
    content: "";
    position: absolute;
    inset-inline-start: 67px;
    top: 30px;
    bottom: -10px;
    width: 2px;
    background: var(--divider-color);
  }
  .time li > div {
    line-height: 24px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .time li > div small {
    display: block;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
`;
