import { css } from "lit";

export const layout = css`
  .view {
    padding: 24px;
    max-width: 1680px;
    margin-inline: auto;
    display: grid;
    gap: 24px;
    grid-template-columns: minmax(0, 1fr);
  }
  .view > .lead {
    display: flex;
    align-items: center;
    gap: 16px;
    flex-wrap: wrap;
  }
  @media (max-width: 599px) {
    .view {
      padding: 16px;
      gap: 16px;
    }
  }
  @media (max-width: 359px) {
    .view {
      padding: 12px;
    }
  }
  .grid {
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 296px), 1fr));
  }
  .cols {
    display: grid;
    gap: 24px;
    align-items: start;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  }
  .cols > div {
    display: grid;
    gap: 16px;
    min-width: 0;
    grid-template-columns: minmax(0, 1fr);
  }
  @media (max-width: 999px) {
    .cols {
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
    }
  }
  .card {
    background: var(--cl-card);
    border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color));
    border-radius: var(--ha-card-border-radius, 12px);
    min-width: 0;
  }
  .card > header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-block: 12px 4px;
    padding-inline: 16px 8px;
    min-height: 56px;
    flex-wrap: wrap;
  }
  .card > header h2 {
    flex: 1 1 auto;
    min-width: 0;
  }
  .card > .pad {
    padding: 4px 16px 16px;
  }
  .card > .foot {
    display: flex;
    gap: 8px;
    flex-wrap: wrap;
    padding: 8px;
    border-block-start: 1px solid var(--divider-color);
  }
  .fab {
    position: fixed;
    z-index: 6;
    inset-inline-end: 16px;
    bottom: 80px;
    box-shadow: 0 3px 8px #0000004d;
  }
  @media (min-width: 600px) {
    .fab {
      display: none;
    }
  }
  @media (max-width: 599px) {
    .not-phone {
      display: none !important;
    }
  }
  @media (min-width: 600px) {
    .phone-only {
      display: none !important;
    }
  }

  ha-card {
    display: block;
  }
  .stack {
    display: grid;
    gap: 16px;
    grid-template-columns: minmax(0, 1fr);
  }
  .stack.wide {
    gap: 24px;
  }
  .view > :last-child {
    min-width: 0;
  }
  .lead {
    display: flex;
    align-items: center;
    gap: 16px;
    flex-wrap: wrap;
  }
  .lead > .grow {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .battery {
    white-space: nowrap;
  }
  .battery.low {
    color: var(--cl-on-bad);
  }
  .battery .i {
    vertical-align: -3px;
  }
  .none {
    padding: 8px 16px 16px;
  }
  .explain {
    padding: 0 16px 12px;
  }
  .days-of {
    display: grid;
    gap: 8px;
    justify-items: start;
    padding: 4px 16px 8px;
  }
  .price {
    align-self: center;
  }
  .under-fab {
    height: 56px;
  }
  .low-fab {
    bottom: 16px;
  }
  @media (max-width: 599px) {
    .stack.wide {
      gap: 16px;
    }
    .days-of {
      justify-items: stretch;
    }
  }
`;
