import { css } from "lit";

export const pools = css`
  .cards {
    display: grid;
    gap: 24px;
    align-items: start;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
  }
  .pool {
    padding: 16px;
    display: grid;
    gap: 12px;
  }
  .left {
    font-size: 40px;
    line-height: 48px;
    font-variant-numeric: tabular-nums;
  }
  .left small {
    font-size: 16px;
    color: var(--secondary-text-color);
  }
  .meter {
    height: 12px;
    border-radius: 6px;
    background: var(--secondary-background-color);
    overflow: hidden;
    display: flex;
  }
  .meter > i, .key-of b {
    background: var(--cl-primary-fill);
  }
  .meter > i.soft, .key-of b.soft {
    background: repeating-linear-gradient(45deg, var(--cl-primary-text) 0 2px, transparent 2px 6px);
  }
  .key-of {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
  }
  .key-of span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .key-of b {
    width: 12px;
    height: 12px;
    border-radius: 3px;
  }
  .key-of b.none {
    background: var(--secondary-background-color);
    padding: 0;
  }
  .pairs {
    margin: 0;
    padding: 0 16px 8px;
  }
  .pairs > div {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding-block: 12px;
  }
  .pairs > div + div {
    border-block-start: 1px solid var(--divider-color);
  }
  .pairs dt {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .pairs dd {
    margin: 0;
    text-align: end;
  }
  @media (max-width: 599px) {
    .cards {
      gap: 16px;
    }
    .pairs dd {
      white-space: normal;
    }
  }
  @media (forced-colors: active) {
    .meter, .key-of b {
      border: 1px solid CanvasText;
    }
    .meter > i {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
