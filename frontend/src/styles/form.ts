import { css } from "lit";

export const chips = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chip {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: var(--cl-touch);
    max-width: 100%;
    padding: 4px 16px;
    border: 1px solid color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    border-radius: 12px;
    background: none;
    font: 500 var(--ha-font-size-m, 14px)/20px var(--cl-font);
    color: var(--primary-text-color);
    cursor: pointer;
  }
  .chip input {
    position: absolute;
    inset: -1px;
    width: calc(100% + 2px);
    height: calc(100% + 2px);
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .chip:has(:focus-visible) {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: 2px;
  }
  .chip > svg {
    display: none;
  }
  .chip > svg.stay {
    display: block;
    color: var(--cl-on-warn);
  }
  .chip:has(:checked) {
    background: var(--cl-tonal);
    border-color: var(--cl-on-tonal);
    color: var(--cl-on-tonal);
    padding-inline-start: 12px;
  }
  .chip:has(:checked) > svg {
    display: block;
  }
  .chips.hours {
    flex-wrap: nowrap;
    overflow-x: auto;
    margin-inline: calc(-1 * var(--cl-edge, 16px));
    padding: 3px var(--cl-edge, 16px);
    scrollbar-width: none;
  }
  .chips.hours .chip {
    flex: none;
    font-variant-numeric: tabular-nums;
  }
  @media (min-width: 600px) {
    .chips.hours {
      flex-wrap: wrap;
    }
    .chip {
      min-height: 40px;
      padding: 3px 14px;
    }
  }
  .seg {
    display: inline-flex;
    border: 1px solid color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    border-radius: 24px;
    overflow: hidden;
    max-width: 100%;
  }
  .seg label {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 46px;
    padding-inline: 20px;
    font-weight: 500;
    cursor: pointer;
    white-space: nowrap;
  }
  .seg label + label {
    border-inline-start: 1px solid var(--divider-color);
  }
  .seg input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
  }
  .seg label:has(:checked) {
    background: var(--cl-tonal);
    color: var(--cl-on-tonal);
  }
  .seg label:has(:focus-visible) {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: -3px;
  }
  @media (max-width: 599px) {
    .seg {
      display: flex;
      width: 100%;
    }
    .seg label {
      flex: 1;
      padding-inline: 8px;
    }
  }
`;

export const fields = css`
  .field {
    display: block;
    position: relative;
  }
  .field > span {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .field input, .field select, .field textarea {
    width: 100%;
    min-height: 56px;
    padding: 24px 16px 8px;
    font: 400 16px/24px var(--cl-font);
    color: var(--primary-text-color);
    background: var(--input-fill-color, color-mix(in srgb, var(--primary-text-color) 5%, transparent));
    border: 0;
    border-block-end: 1px solid var(--input-idle-line-color, var(--secondary-text-color));
    border-radius: 4px 4px 0 0;
    resize: vertical;
  }
  .field textarea {
    display: block;
    font-size: 14px;
    line-height: 20px;
  }
  .field input:focus, .field textarea:focus {
    outline: 0;
    border-block-end: 2px solid var(--cl-primary-text);
    padding-block-end: 7px;
  }
  .find {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    padding-inline: 16px;
    border-radius: 24px;
    background: var(--cl-card);
    border: 1px solid color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    flex: 1 1 240px;
    color: var(--secondary-text-color);
  }
  .find input {
    flex: 1;
    min-width: 0;
    border: 0;
    outline: 0;
    background: none;
    font: 400 16px/24px var(--cl-font);
    color: var(--primary-text-color);
  }
  .find input::placeholder {
    color: var(--secondary-text-color);
    opacity: 1;
  }
  .find:focus-within {
    outline: 2px solid var(--cl-primary-text);
    outline-offset: -1px;
  }
`;

export const form = css`
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  legend {
    padding: 0;
    margin-block-end: 8px;
    font-weight: 500;
  }
  legend small {
    font-size: 12px;
    font-weight: 400;
    color: var(--secondary-text-color);
    margin-inline-start: 8px;
  }
  .from-to {
    display: grid;
    grid-template-columns: 3fr 2fr;
    gap: 8px;
  }
  .check {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 12px;
    min-height: 48px;
    align-items: center;
  }
  .check input {
    width: 20px;
    height: 20px;
    margin: 2px;
    accent-color: var(--cl-primary-fill);
  }
  .preview {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 0 12px;
  }
  .preview > .i {
    color: var(--cl-primary-text);
  }

  .until {
    align-self: center;
    flex: none;
  }
  .more {
    margin-block: -8px -12px;
    margin-inline-start: -12px;
  }
  details > .stack {
    display: grid;
    gap: 16px;
    padding-block-start: 20px;
  }
  .link:not(.row) {
    border: 0;
    padding: 0;
    background: none;
    font: inherit;
    color: var(--cl-primary-text);
    text-decoration: underline;
    cursor: pointer;
  }
  fieldset[disabled] .chip {
    cursor: default;
    opacity: 0.7;
  }
  .field > input[disabled] {
    opacity: 0.7;
  }
`;
