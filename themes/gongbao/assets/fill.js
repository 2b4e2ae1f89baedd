// Holes in texts of the interface, and the forms that counts take in a language.

/** The form that a count takes in a language. */
function form(count, language) {
  const [known] = Intl.PluralRules.supportedLocalesOf(language);
  const rules = known && new Intl.PluralRules(known);
  if (rules && rules.resolvedOptions().pluralCategories.length > 1) return rules.select(count);
  return count === 1 ? "one" : "other";
}

/** The forms of a hole by their names: two without names are `one` and `other`; nothing where they are no forms. */
function forms(told) {
  const all = told.split("|");
  const named = new Map(all.map((one) => one.split(/=(.*)/su, 2)));
  if (all.every((one) => one.includes("="))) return named.has("other") ? named : null;
  return all.length === 2 ? new Map([["one", all[0]], ["other", all[1]]]) : null;
}

/** `text` with its holes filled, as the program fills them in templates (src/interface/filled.rs): `{n}` by a value,
    `{n|place|places}` by the form that the value takes; those without a value stay. */
export function fill(text, values = {}, language = document.documentElement.lang) {
  return text.replace(/\{(\w+)(?:\|([^{}]*))?\}/gu, (hole, name, told) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (told === undefined) return value;
    const known = forms(told);
    return known ? known.get(form(Number(value), language)) ?? known.get("other") : hole;
  });
}
