import { css } from "lit";

export const table = css`
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th {
    text-align: start;
    font-weight: 500;
    font-size: 12px;
    color: var(--secondary-text-color);
    padding: 12px 8px;
  }
  td {
    padding: 8px;
    border-block-start: 1px solid var(--divider-color);
    vertical-align: middle;
    height: 64px;
  }
  :is(th, td):first-child {
    padding-inline-start: 16px;
  }
`;

export const codesTable = css`
  table {
    table-layout: fixed;
  }
  td {
    overflow-wrap: anywhere;
  }
  th:nth-child(1) {
    width: 20%;
  }
  th:nth-child(3) {
    width: 26%;
  }
  th:nth-child(5) {
    width: 248px;
  }
  @media (max-width: 1099px) {
    th:nth-child(5) {
      width: 190px;
    }
    .shown .copy {
      display: none;
    }
  }
  .gap td {
    padding: 0;
    height: auto;
  }
  td .tags {
    margin-block-start: 4px;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .ends {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    white-space: nowrap;
  }
  .page + .page {
    border-block-start: 1px solid var(--divider-color);
  }
  .row > .end.top {
    align-self: start;
  }
`;
