//! A view drawn by a theme: HTML, or a diagnostic at the place in the template that cannot be
//! drawn.

use tera::{Context, Value};

use crate::diag::{Diagnostic, Words};
use crate::theme::Theme;
use crate::view::View;

/// Fields that are HTML or JSON already, and are printed as they are.
const SAFE: [&str; 3] = ["html", "svg", "json_ld"];

/// Draws `view`, as the bytes of a page in UTF-8.
///
/// # Errors
/// A diagnostic where the theme's template cannot be drawn.
pub fn render(theme: &Theme, view: &View) -> Result<Vec<u8>, Box<Diagnostic>> {
    let template = format!("{}.html", view.page.template);
    let broken = |error: tera::Error| {
        let words = Words::new(
            format!("页面内容无法交给模板：{error}"),
            format!("the page cannot be given to a template: {error}"),
        );
        Box::new(Diagnostic::error("template/render", format!("templates/{template}"), words))
    };
    let value = Value::try_from_serializable(view).map_err(broken)?;
    let mut context = Context::new();
    for (name, value) in value.into_map().into_iter().flatten() {
        context.insert_value(name.as_str().unwrap_or_default().to_owned(), safe(value, 2));
    }
    theme.draw(&template, &context, view.site.language)
}

/// `value` with its fields of HTML marked, down to `depth` levels: none stands deeper. Of a list
/// either every item has one or none has.
fn safe(value: Value, depth: usize) -> Value {
    if let Some(items) = value.as_array() {
        let has = |item: &Value| {
            item.as_map().is_some_and(|map| map.iter().any(|(name, _)| is_safe(name.as_str())))
        };
        return match items.first().is_some_and(has) {
            true => items.iter().map(|item| safe(item.clone(), 1)).collect::<Vec<_>>().into(),
            false => value,
        };
    }
    if depth == 0 || value.as_map().is_none() {
        return value;
    }
    let Some(mut map) = value.into_map() else {
        return Value::none();
    };
    for (name, field) in &mut map {
        let field_value = std::mem::replace(field, Value::none());
        *field = match name.as_str() {
            name if is_safe(name) => field_value.mark_safe(),
            _ => safe(field_value, depth - 1),
        };
    }
    Value::from(map)
}

fn is_safe(name: Option<&str>) -> bool {
    name.is_some_and(|name| SAFE.contains(&name))
}
