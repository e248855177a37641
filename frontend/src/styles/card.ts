import { css } from "lit";

export const cardStyle = css`
  .card > .pad.said, .card > .pad.waiting {
    padding: 16px;
  }
  :host, codelocks-door-tile, .card {
    height: 100%;
  }
  .waiting {
    display: grid;
    gap: 8px;
  }
  .bone.low {
    width: 60%;
  }
  .mini {
    padding: 4px 16px 16px;
    display: grid;
    gap: 12px;
    grid-template-columns: minmax(0, 1fr);
  }
  .mini legend {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .btn.wide {
    width: 100%;
  }
`;

export const tileCard = css`
  :host([tile]), :host([tile]) ha-card {
    height: 100%;
  }
  .tile {
    container-type: inline-size;
    display: flex;
    align-items: center;
    min-height: 56px;
  }
  .tile > .main {
    flex: 1;
    min-width: 0;
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 10px;
    align-items: center;
    height: 100%;
    min-height: 54px;
    padding: 0 10px;
    border: 0;
    border-radius: inherit;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
  }
  button.main {
    cursor: pointer;
  }
  .tile > .main:focus-visible {
    outline-offset: -2px;
  }
  .pip {
    width: 36px;
    height: 36px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--cl-icon) 16%, transparent);
    color: var(--cl-icon);
  }
  .text {
    display: grid;
    min-width: 0;
    line-height: 20px;
  }
  .main small {
    font-size: 12px;
    line-height: 16px;
  }
  .make {
    display: none;
  }
  @container (min-width: 240px) {
    .make {
      display: inline-flex;
    }
  }
`;
