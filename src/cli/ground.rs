//! The folder in which the user stands, the site's folder as seen from there, and what the paths
//! mean that the user types.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::Stop;
use crate::diag::{Diagnostic, Words, nearest};
use crate::source::Sources;

/// Where the user stands, and where the site is.
pub(super) struct WorkingPlace {
    /// The folder in which the user stands; empty where the system does not tell.
    pub(super) here: Utf8PathBuf,
    /// What leads from there to the site's folder; empty where it is that folder.
    pub(super) way: Utf8PathBuf,
}

impl WorkingPlace {
    /// The ground of the site in the folder `site`, as the user named it or as it was found.
    pub(super) fn new(site: &Utf8Path) -> Self {
        let here = std::env::current_dir().ok().and_then(|here| Utf8PathBuf::from_path_buf(here).ok());
        let here = here.unwrap_or_default();
        let way = match (site.strip_prefix(&here), here.strip_prefix(site)) {
            (Ok(below), _) if site.is_absolute() => below.to_owned(),
            (_, Ok(down)) if site.is_absolute() => down.components().map(|_| "..").collect(),
            _ => plain(site),
        };
        Self { here, way }
    }

    /// What the user calls `path`, below the site's folder.
    pub(super) fn below(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
        let site = plain(&self.here.join(&self.way));
        let named = plain(&self.here.join(path));
        if let Ok(below) = named.strip_prefix(&site)
            && named.exists()
        {
            return Ok(below.to_owned());
        }
        if let (Ok(named), Ok(site)) = (named.canonicalize_utf8(), site.canonicalize_utf8()) {
            return named.strip_prefix(&site).map(Utf8Path::to_owned).map_err(|_| outside(path, &site));
        }
        let from_site = plain(path);
        match from_site.is_relative() && site.join(&from_site).exists() {
            true => Ok(from_site),
            false => Err(self.absent(path, &site)),
        }
    }

    /// Says that there is no `path`, and what may be meant.
    fn absent(&self, path: &Utf8Path, site: &Utf8Path) -> Stop {
        let here = plain(&self.here.join(path));
        let places = [
            (here, self.here.clone()),
            (site.join(path), site.to_owned()),
            (site.join("content").join(path), self.here.clone()),
        ];
        let near = places.iter().find_map(|(named, from)| {
            let meant = meant(named)?;
            Some(meant.strip_prefix(from).map_or(meant.clone(), Utf8Path::to_owned))
        });
        Stop::Failure(match near {
            Some(near) => Words::new(
                format!("没有 {path}；是不是想写 {near}？"),
                format!("there is no {path}; did you mean {near}?"),
            ),
            None => Words::new(
                format!("没有 {path} 这个文件或文件夹"),
                format!("there is no file or folder {path}"),
            ),
        })
    }
}

/// The path that is there and nearest to `named`, a part at a time: `jiangmne/2109.md` may be
/// `jiangmen/2019.md`.
fn meant(named: &Utf8Path) -> Option<Utf8PathBuf> {
    if named.exists() {
        return Some(named.to_owned());
    }
    let folder = meant(named.parent()?)?;
    let name = named.file_name()?;
    let names: Vec<String> =
        folder.read_dir_utf8().ok()?.flatten().map(|entry| entry.file_name().to_owned()).collect();
    let with_ending = format!("{name}.md");
    let known = names.iter().map(String::as_str);
    let is_there = |name: &&str| names.iter().any(|other| other == name);
    let near = Some(name)
        .filter(is_there)
        .or_else(|| Some(&*with_ending).filter(is_there))
        .or_else(|| nearest(name, known))?;
    Some(folder.join(near))
}

fn outside(path: &Utf8Path, site: &Utf8Path) -> Stop {
    Stop::Failure(Words::new(
        format!("{path} 不在站点文件夹 {site} 里"),
        format!("{path} is not in the site's folder, {site}"),
    ))
}

/// The files that a site is made from and that are at or below one of `paths`, which are below the site's
/// folder; all of them where none is named.
pub(super) struct ChosenFiles(Vec<Utf8PathBuf>);

impl ChosenFiles {
    /// What the user named, each of which must have something that the site is made from.
    pub(super) fn new(
        paths: &[(&Utf8Path, Utf8PathBuf)],
        sources: &Sources,
        diagnostics: &[Diagnostic],
    ) -> Result<Self, Stop> {
        for (named, path) in paths {
            let is_read = Self(vec![path.clone()]);
            let is_known =
                is_read.count(sources) > 0 || diagnostics.iter().any(|found| is_read.has(&found.path));
            if !is_known {
                return Err(Stop::Failure(Words::new(
                    format!(
                        "{named} 不是网站的源文件，没有什么可检查；网站由 site.yaml、indicators.yaml、content/、static/、templates/ 和 themes/ 生成"
                    ),
                    format!(
                        "the site is not made from {named}, so there is nothing to check; it is made from site.yaml, \
                         indicators.yaml, content/, static/, templates/ and themes/"
                    ),
                )));
            }
        }
        Ok(Self(paths.iter().map(|(_, path)| path.clone()).collect()))
    }

    /// Whether everything is wanted.
    pub(super) fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the file at `path` is wanted.
    pub(super) fn has(&self, path: &Utf8Path) -> bool {
        self.is_all() || self.0.iter().any(|wanted| path.starts_with(wanted))
    }

    /// How many files are wanted.
    pub(super) fn count(&self, sources: &Sources) -> usize {
        let texts = sources.texts().iter().map(|text| text.path());
        texts.chain(sources.blobs().iter().map(|blob| &*blob.path)).filter(|path| self.has(path)).count()
    }
}

/// A path without `.` and, as far as the path itself tells, without `..`.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_made_plain_as_far_as_it_tells() {
        for (path, expected) in
            [("./a/../b/./c", "b/c"), ("../../a", "../../a"), (".", ""), ("/a/b/../..", "/")]
        {
            assert_eq!(plain(path.into()), expected, "{path}");
        }
    }
}
