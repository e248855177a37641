import { css } from "lit";

/** Header, tabs and notices. */
export const shell = css`
  :host {
    min-height: 100vh;
    background: var(--primary-background-color);
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 5;
    height: var(--header-height, 56px);
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline: 16px 12px;
    background: var(--app-header-background-color);
    color: var(--app-header-text-color, var(--primary-text-color));
    border-block-end: var(--app-header-border-bottom, 1px solid var(--divider-color));
  }
  .head h1 {
    font-size: 20px;
    font-weight: 400;
    line-height: 28px;
    margin: 0 8px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    min-width: 0;
  }
  h1:focus-visible {
    outline-offset: -2px;
  }
  .ib[hidden] {
    display: none;
  }
  .grow {
    flex: 1;
  }
  .tabs {
    display: flex;
    align-self: stretch;
    margin-inline-start: 16px;
  }
  .tabs a {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding-inline: 16px;
    color: var(--secondary-text-color);
    font-weight: 500;
    text-decoration: none;
    border-block: 2px solid transparent;
  }
  .tabs a .i {
    display: none;
  }
  .tabs a[aria-current] {
    color: var(--cl-primary-text);
    border-block-end-color: var(--cl-primary-text);
  }
  .tabs a:focus-visible {
    outline-offset: -2px;
  }
  .door-bone {
    display: grid;
    gap: 12px;
    padding: 16px;
    min-height: 200px;
    align-content: start;
  }
  .bone.low {
    width: 60%;
  }
  @media (max-width: 999px) {
    .head {
      padding-inline: 4px;
    }
  }
  @media (max-width: 599px) {
    .tabs {
      position: fixed;
      z-index: 6;
      inset-inline: 0;
      bottom: 0;
      height: 64px;
      margin: 0;
      background: var(--app-header-background-color);
      border-block-start: 1px solid var(--divider-color);
    }
    .tabs a {
      flex: 1 1 0;
      min-width: 0;
      flex-direction: column;
      gap: 2px;
      padding: 0;
      font-size: 12px;
      border: 0;
    }
    .tabs a .i {
      display: block;
    }
    .has-tabs .view {
      padding-block-end: 152px;
    }
    .has-tabs .toast {
      bottom: 80px;
    }
  }
`;
