//! Makes operations from the schema itself: valid ones with real ids, and broken ones. The same seed makes the
//! same operations, so a failure can be run again.
use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_schema,
    types::{
        BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
    },
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use testkit::root;

/// Deeper selections are rare on any page.
const DEPTH_MAX: usize = 7;

const TEXTS: [&str; 8] = [
    "",
    "project",
    "衡善",
    "a'b\"c",
    "2",
    "budget",
    "%_\\",
    "DF-26-001",
];

enum Kind {
    Object(Vec<FieldDefinition>),
    Enum(Vec<String>),
    Input(Vec<InputValueDefinition>),
    Scalar,
}

/// A source of operations.
pub(crate) struct Generator {
    types: BTreeMap<String, Kind>,
    /// Real ids by what they name, such as `round`.
    ids: Vec<(String, String)>,
    /// What is said where a text is asked for.
    pub(crate) texts: Vec<String>,
    rng: StdRng,
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}

impl Generator {
    /// Over the schema of the repository.
    pub(crate) fn new(seed: u64, ids: Vec<(String, String)>) -> Self {
        let text = std::fs::read_to_string(root().join("graphql/schema.graphql")).unwrap();
        let mut types = BTreeMap::new();
        for definition in parse_schema(text).unwrap().definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let definition = definition.node;
            let kind = match definition.kind {
                TypeKind::Object(object) => {
                    Kind::Object(object.fields.into_iter().map(|field| field.node).collect())
                }
                TypeKind::Enum(values) => Kind::Enum(
                    values
                        .values
                        .into_iter()
                        .map(|value| value.node.value.node.to_string())
                        .collect(),
                ),
                TypeKind::InputObject(input) => {
                    Kind::Input(input.fields.into_iter().map(|field| field.node).collect())
                }
                TypeKind::Scalar | TypeKind::Interface(_) | TypeKind::Union(_) => Kind::Scalar,
            };
            types.insert(definition.name.node.to_string(), kind);
        }
        Self {
            types,
            ids,
            texts: TEXTS.map(str::to_owned).to_vec(),
            rng: StdRng::seed_from_u64(seed),
        }
    }

    fn one_of(&mut self, most: usize) -> usize {
        self.rng.random_range(0..most.max(1))
    }

    fn in_ten(&mut self, times: u32) -> bool {
        self.rng.random_range(0..10) < times
    }

    fn fields(&self, name: &str) -> &[FieldDefinition] {
        match self.types.get(name) {
            Some(Kind::Object(fields)) => fields,
            Some(Kind::Enum(_) | Kind::Input(_) | Kind::Scalar) | None => &[],
        }
    }

    /// A query of one or two root fields.
    pub(crate) fn query(&mut self) -> String {
        self.operation("query", "Query", 2)
    }

    /// A mutation of one root field, with arguments that are well-formed and nothing more.
    pub(crate) fn mutation(&mut self) -> String {
        self.operation("mutation", "Mutation", 1)
    }

    fn operation(&mut self, word: &str, root: &str, roots_max: usize) -> String {
        let roots = 1 + self.one_of(roots_max);
        let mut text = format!("{word} {{");
        let mut used = Vec::new();
        for _ in 0..roots {
            let position = self.one_of(self.fields(root).len());
            let field = self.fields(root)[position].clone();
            if !used.contains(&field.name.node) {
                used.push(field.name.node.clone());
                self.field(&field, DEPTH_MAX, &mut text);
            }
        }
        text.push_str(" }");
        text
    }

    fn field(&mut self, field: &FieldDefinition, depth: usize, text: &mut String) {
        let name = &field.name.node;
        text.push(' ');
        text.push_str(name);
        let mut given = Vec::new();
        for argument in &field.arguments {
            let argument = &argument.node;
            if !argument.ty.node.nullable || self.in_ten(4) {
                let value = self.value(&argument.ty.node, &argument.name.node, name, 4);
                given.push(format!("{}: {value}", argument.name.node));
            }
        }
        if !given.is_empty() {
            text.push('(');
            text.push_str(&given.join(", "));
            text.push(')');
        }
        let target = named(&field.ty.node);
        if matches!(self.types.get(&target), Some(Kind::Object(_))) {
            self.selection(&target, depth.saturating_sub(1), text);
        }
    }

    fn selection(&mut self, target: &str, depth: usize, text: &mut String) {
        text.push_str(" { __typename");
        let fields = self.fields(target).to_vec();
        for field in fields {
            let leaf = !matches!(
                self.types.get(&named(&field.ty.node)),
                Some(Kind::Object(_))
            );
            let wanted = if leaf {
                self.in_ten(6)
            } else {
                depth > 0 && self.in_ten(3)
            };
            if wanted {
                self.field(&field, depth, text);
            }
        }
        text.push_str(" }");
    }

    /// A value for an argument, as `value` makes it.
    pub(crate) fn argument(&mut self, ty: &Type, of: &str, under: &str) -> String {
        self.value(ty, of, under, 4)
    }

    /// A value in GraphQL's own notation; `of` and `under` say where it stands, so that ids fit.
    fn value(&mut self, ty: &Type, of: &str, under: &str, depth: usize) -> String {
        if ty.nullable && (depth == 0 || self.in_ten(1)) {
            return "null".to_owned();
        }
        match &ty.base {
            BaseType::List(inner) => {
                let length = self.one_of(3);
                let items: Vec<String> = (0..length)
                    .map(|_| self.value(inner, of, under, depth.saturating_sub(1)))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            BaseType::Named(name) => self.named_value(name, of, under, depth),
        }
    }

    fn named_value(&mut self, name: &str, of: &str, under: &str, depth: usize) -> String {
        let kind = match self.types.get(name) {
            Some(Kind::Enum(values)) => Err(values.clone()),
            Some(Kind::Input(fields)) => Ok(fields.clone()),
            Some(Kind::Object(_) | Kind::Scalar) | None => return self.scalar(name, of, under),
        };
        match kind {
            Err(values) => values[self.one_of(values.len())].clone(),
            Ok(fields) => {
                let mut given = Vec::new();
                for field in fields {
                    if !field.ty.node.nullable || self.in_ten(5) {
                        let at = field.name.node.to_string();
                        let value = self.value(&field.ty.node, &at, under, depth.saturating_sub(1));
                        given.push(format!("{at}: {value}"));
                    }
                }
                format!("{{{}}}", given.join(", "))
            }
        }
    }

    fn scalar(&mut self, name: &str, of: &str, under: &str) -> String {
        const NUMBERS: [&str; 7] = ["0", "1", "-1", "20", "100", "2147483647", "5000"];
        const DECIMALS: [&str; 5] = ["0", "1.5", "-2", "99999999999999999999.99", "abc"];
        match name {
            "ID" => self.id(of, under),
            "Int" => NUMBERS[self.one_of(NUMBERS.len())].to_owned(),
            "Boolean" => self.in_ten(5).to_string(),
            "Decimal" => format!("\"{}\"", DECIMALS[self.one_of(DECIMALS.len())]),
            "Date" => "\"2026-12-10\"".to_owned(),
            "DateTime" => "\"2026-11-21T09:30:00Z\"".to_owned(),
            "JSON" => ["{}", "[]", "{a: 1}", "\"x\""][self.one_of(4)].to_owned(),
            _ => {
                let position = self.one_of(self.texts.len());
                serde_json::to_string(&self.texts[position]).unwrap()
            }
        }
    }

    /// Most often an id of the kind that the argument or its field is named after.
    fn id(&mut self, of: &str, under: &str) -> String {
        let place = format!("{under} {of}").to_lowercase();
        let fitting: Vec<String> = self
            .ids
            .iter()
            .filter(|(kind, _)| place.contains(kind.as_str()))
            .map(|(_, id)| id.clone())
            .collect();
        let all = self.ids.len();
        let id = if fitting.is_empty() || self.in_ten(1) {
            let position = self.one_of(all);
            self.ids[position].1.clone()
        } else {
            fitting[self.one_of(fitting.len())].clone()
        };
        format!("\"{id}\"")
    }

    /// A document that is wrong in one of many ways.
    pub(crate) fn broken(&mut self) -> String {
        let good = self.query();
        let cut = self.one_of(good.len());
        let cut = (0..=cut)
            .rev()
            .find(|at| good.is_char_boundary(*at))
            .unwrap_or(0);
        match self.one_of(12) {
            0 => good[..cut].to_owned(),
            1 => format!("{}\u{202e}}}{{{}", &good[..cut], &good[cut..]),
            2 => good.replacen("__typename", "noSuchField", 1),
            3 => good.replace('"', ""),
            4 => format!("{good} fragment F on Query {{ ...F }}"),
            5 => good.replacen(") {", ", noSuchArgument: 1) {", 1),
            6 => "query($a: Int!) { round(id: $a) { id } }".to_owned(),
            7 => format!("{good} {good}"),
            8 => good.replacen('{', "{ ... on Mutation { __typename }", 1),
            9 => "{ __schema { types { name } } __type(name: \"Query\") { name } }".to_owned(),
            10 => good.replacen("query", "subscription", 1),
            _ => good.replacen("__typename", "__typename @skip(if: \"x\") @no", 1),
        }
    }
}
