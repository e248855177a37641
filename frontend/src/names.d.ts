/** Names of cards and dashboard by language, taken from the translation files by the build. */
declare module "virtual:names" {
  const names: Record<string, Record<string, string> | undefined>;
  export default names;
}
