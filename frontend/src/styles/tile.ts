import { css } from "lit";

export const tileStyle = css`
  :host(codelocks-door-tile) {
    display: grid;
  }
  .door {
    display: flex;
    flex-direction: column;
  }
  .door {
    container-type: inline-size;
    position: relative;
  }
  .door > .top {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    gap: 12px;
    align-items: center;
    padding-block: 12px;
    padding-inline: 16px 12px;
  }
  .door > .top > div {
    display: grid;
    justify-items: start;
  }
  .door h2 a {
    color: inherit;
    text-decoration: none;
  }
  .door h2 a::after {
    content: "";
    position: absolute;
    inset: 0;
    border-radius: var(--ha-card-border-radius, 12px);
  }
  .door h2 a:focus-visible {
    outline: 0;
  }
  .door h2 a:focus-visible::after {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: 2px;
  }
  .door > .pad {
    padding: 0 16px 12px;
  }
  .door .mk, .door .note {
    position: relative;
    z-index: 1;
  }
  .door .mk {
    padding-inline: 12px 16px;
  }
  @container (max-width: 339px) {
    .door > .top {
      grid-template-columns: 40px minmax(0, 1fr);
      padding-block-start: 16px;
    }
    .door .mk {
      position: absolute;
      inset-inline-start: 16px;
      bottom: 16px;
    }
  }
  .pip {
    width: 40px;
    height: 40px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--cl-icon) 16%, transparent);
    color: var(--cl-icon);
  }
  .facts {
    display: grid;
    gap: 8px;
    padding: 0 16px 16px;
    margin: 0;
  }
  @container (max-width: 339px) {
    .door:has(.mk) > .facts {
      padding-block-end: 80px;
    }
  }
  .facts > div {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr);
    gap: 12px;
  }
  .facts > div > .i {
    justify-self: center;
    color: var(--secondary-text-color);
  }
  .who {
    display: grid;
    gap: 2px;
  }
  .facts > div > div {
    min-width: 0;
  }
  .who > span {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 12px;
    overflow-wrap: anywhere;
  }
`;
