// One page of every type that the sites have. A type that the theme gains is added here, and
// every test then visits it.

const urls = JSON.parse(process.env.XIANGWEI_SITES ?? "{}");

function page(name, site, path, more = {}) {
  return { name, site, path, url: `${urls[site]}${path}`, ...more };
}

/** Every page type, once. `document` marks those with the text of a report, `sideways`
    those that print on their side. */
export const PAGES = [
  page("home", "example", "/"),
  page("place", "example", "/jiangmen/"),
  page("place that holds places", "example", "/guangdong/"),
  page("document with indicators", "example", "/jiangmen/2019/", { document: true }),
  page("document without indicators", "example", "/guangzhou/2020/", { document: true }),
  page("work plan", "example", "/chibi/2019/work-plan/", { document: true }),
  page("year", "example", "/years/2020/"),
  page("kind", "example", "/kinds/annual-report/"),
  page("coverage", "example", "/coverage/", { sideways: true }),
  page("registry of indicators", "example", "/indicators/"),
  page("indicator over the years", "example", "/indicators/exam_participants/"),
  page("indicator of single years", "example", "/indicators/legal_aid_cases/"),
  page("search", "example", "/search/"),
  page("search with results", "example", "/search/#q=%E8%A1%8C%E6%94%BF%E5%A4%8D%E8%AE%AE", { results: true }),
  page("open data", "example", "/data/"),
  page("site map", "example", "/sitemap/"),
  page("plain", "example", "/about/"),
  page("not found", "example", "/no/such/page/", { status: 404 }),
  page("home under a sub-path", "special", "/"),
  page("place with years and a gap", "special", "/qingshi/"),
  page("document with everything", "special", "/qingshi/2023/", { document: true }),
  page("document in traditional characters", "special", "/qingshi/2024/work-plan/", { document: true }),
  page("document without an outline", "special", "/bailu/2023/", { document: true }),
  page("earlier version of a document", "special", "/qingshi/2023/versions/1/"),
  page("log", "special", "/log/"),
  page("log of a year", "special", "/log/2024/"),
  page("log in English", "english", "/log/"),
  page("earlier version in English", "english", "/qingshi/2023/versions/1/"),
  page("withdrawn", "special", "/qingshi/2024/"),
  page("redirect", "special", "/zwgk/fzzf/report-2023.html", { redirect: true }),
  page("open data under a sub-path", "special", "/data/"),
  page("plain with a table", "special", "/about/"),
  page("two years", "compared", "/jiangmen/compare/2019-2020/"),
  page("all years", "compared", "/jiangmen/compare/"),
  page("any two years", "compared", "/jiangmen/compare/?from=2018&to=2020", { settled: ".any .comparison" }),
  page("two years of the example", "example", "/guangzhou/compare/2023-2024/"),
  page("all years in English", "english", "/qingshi/compare/"),
  page("indicator of many places", "across", "/indicators/closed/"),
  page("indicator that is a rank", "across", "/indicators/standing/"),
  page("year with figures", "across", "/years/2021/"),
  page("indicator in English", "english", "/indicators/reconsideration_closed/"),
  page("document with the margin of its sentences", "ancestry", "/anhe/2021/", { document: true }),
  page("place with what is new over the years", "ancestry", "/anhe/"),
  page("where sentences come from", "ancestry", "/ancestry/", { sideways: true }),
  page("where sentences come from, in English", "english", "/ancestry/", { sideways: true }),
  page("offices of a federated site", "hub", "/offices/"),
  page("offices of a federated site, in English", "hub", "/en/offices/"),
  page("place of a federated site", "hub", "/anhe/"),
  page("home in English", "english", "/"),
  page("place in English", "english", "/qingshi/"),
  page("document in English", "english", "/qingshi/2023/", { document: true }),
  page("coverage in English", "english", "/coverage/", { sideways: true }),
  page("search in English", "english", "/search/"),
  page("open data in English", "english", "/data/"),
  page("place of a site in two languages, in English", "bilingual", "/en/qingshi/"),
];

/** The address of `path` on `site`: `example`, `special`, `english`, `compared`, `across`, `ancestry` or `hub`. */
export function at(site, path) {
  return `${urls[site]}${path}`;
}
