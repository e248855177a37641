import { css } from "lit";

export const sheet = css`
  .sheet {
    position: fixed;
    inset: 0;
    margin: 40px auto;
    padding: 0;
    border: 0;
    width: min(580px, 100%);
    max-width: none;
    max-height: calc(100dvh - 80px);
    overflow: auto;
    background: var(--cl-card);
    color: inherit;
    border-radius: 28px;
    box-shadow: 0 8px 24px #00000040;
  }
  .sheet[open] {
    display: flex;
    flex-direction: column;
  }
  .sheet::backdrop {
    background: #00000052;
  }
  .main {
    flex: 1 0 auto;
  }
  .sheet.question,
  .sheet.ask {
    width: min(420px, calc(100% - 32px));
    min-height: 0;
    margin: auto;
    height: fit-content;
    border-radius: 28px;
  }
  :is(.question, .ask) > .main {
    padding: 24px;
    gap: 12px;
  }
  :is(.question, .ask) .btns {
    justify-content: flex-end;
  }
  .sheet.widest {
    width: min(760px, 100%);
  }
  .sheet > .title {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 12px 4px;
  }
  .sheet > .title h2 {
    font-size: 20px;
    line-height: 28px;
    flex: 1;
    min-width: 0;
  }
  .main {
    padding: 8px 24px 24px;
    display: grid;
    gap: 20px;
    grid-template-columns: minmax(0, 1fr);
  }
  .foot {
    position: sticky;
    bottom: 0;
    background: var(--cl-card);
    border-radius: 0 0 28px 28px;
    border-block-start: 1px solid var(--divider-color);
    padding: 12px 24px 16px;
    display: grid;
    gap: 12px;
  }
  .foot .btns {
    justify-content: flex-end;
  }
  .foot .said {
    flex: 1;
    grid-column: 1 / -1;
    align-self: center;
  }
  @media (max-width: 599px) {
    .sheet:not(.question, .ask) {
      width: 100%;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border-radius: 0;
      box-shadow: none;
    }
    .sheet > .title {
      padding: 4px;
      border-block-end: var(--app-header-border-bottom);
    }
    .main {
      padding: 16px;
      gap: 16px;
      align-content: start;
      flex: 1;
    }
    .foot {
      border-radius: 0;
      padding: 12px 16px;
    }
    .foot .btns {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .foot .btns > :only-child {
      grid-column: 1 / -1;
    }
  }
  @media (max-width: 359px) {
    .sheet {
      --cl-edge: 12px;
    }
    .main {
      padding: 12px;
    }
    .foot {
      padding: 12px;
    }
    .foot .btn {
      padding-inline: 12px;
    }
  }
`;

export const codeStyle = css`
  .codes {
    display: grid;
    gap: 12px;
  }
  .code {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 48px;
    align-items: center;
    padding-block: 12px;
    padding-inline: 20px 8px;
    border-radius: 16px;
    background: var(--cl-tonal);
  }
  .code > .of {
    font-size: 16px;
    line-height: 24px;
    font-weight: 500;
    align-self: start;
  }
  .code > output {
    grid-column: 1;
    direction: ltr;
    justify-self: start;
    font-size: clamp(40px, 13vw, 56px);
    line-height: 1.15;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    letter-spacing: .02em;
    white-space: nowrap;
  }
  .code > output i {
    font-style: normal;
    display: inline-block;
    margin-inline-start: .28em;
  }
  .code > .ib {
    grid-column: 2;
    grid-row: 1 / span 2;
    align-self: center;
    color: var(--cl-on-tonal);
  }
  .code > .win {
    grid-column: 1 / -1;
  }
  .code.none {
    background: none;
    border: 1px dashed color-mix(in srgb, var(--secondary-text-color) 70%, transparent);
    grid-template-columns: minmax(0, 1fr);
    padding-inline-end: 20px;
  }
  .timer {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 24px;
    color: var(--secondary-text-color);
  }
  .timer progress {
    appearance: none;
    width: 96px;
    height: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--divider-color);
  }
  .timer progress::-webkit-progress-bar {
    background: var(--divider-color);
  }
  .timer progress::-webkit-progress-value {
    background: var(--cl-primary-text);
  }
  .acts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .acts > :first-child {
    grid-column: 1 / -1;
  }
  .acts .btn {
    padding-inline: 12px;
  }
  @media (min-width: 600px) {
    .acts {
      grid-template-columns: 2fr 1fr 1fr;
    }
    .acts > :first-child {
      grid-column: auto;
    }
    .acts .btn.big {
      min-height: 48px;
      font-size: 14px;
    }
  }
  .ok-line {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 500;
    color: var(--cl-on-ok);
  }

  .small-result {
    display: grid;
    gap: 12px;
  }
  .small-result .code > output {
    font-size: 40px;
  }
  .acts.two-acts > :last-child {
    grid-column: 1 / -1;
  }
  @media (min-width: 600px) {
    .acts.two-acts {
      grid-template-columns: 1fr 1fr;
    }
    .acts.two-acts > :last-child {
      grid-column: auto;
    }
    .acts.two-acts > :only-child {
      grid-column: 1 / -1;
    }
  }
`;

export const coachStyle = css`
  .steps {
    display: flex;
    gap: 6px;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .steps li {
    flex: 1;
    height: 6px;
    border-radius: 3px;
    background: var(--secondary-background-color);
  }
  .steps li.on {
    background: var(--cl-primary-text);
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    direction: ltr;
    justify-content: center;
    padding-block: 16px;
  }
  .key {
    min-width: 48px;
    height: 64px;
    padding-inline: 8px;
    display: grid;
    place-items: center;
    border-radius: 12px;
    border: 1px solid color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    box-shadow: 0 2px 0 color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    font-size: 32px;
    font-weight: 500;
  }
  @media (max-width: 359px) {
    .keys {
      gap: 4px;
    }
    .key {
      min-width: 42px;
    }
  }

  .lesson {
    display: grid;
    gap: 8px;
    text-align: center;
  }
  .do {
    font-size: 24px;
    line-height: 32px;
  }
  .more {
    margin-inline-start: -12px;
  }
  .hints {
    margin: 0;
    padding-inline-start: 20px;
  }
`;
