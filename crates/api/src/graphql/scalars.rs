//! Scalars that travel as text. The library's own decimal passes through a float and loses digits.
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{SecondsFormat, Utc};
use money::{Amount, Hkd, Ratio};

/// An amount, share, rate, ratio or score as text with exact digits: `"120000.00"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal(pub(crate) String);

/// Digits and places of the largest figure, and a sign.
const DECIMAL_CHARS_MAX: usize = 40;

#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.len() <= DECIMAL_CHARS_MAX => Ok(Self(text)),
            Value::String(_) => Err(InputValueError::custom(
                "a decimal has at most 40 characters",
            )),
            _ => Err(InputValueError::custom(
                "a decimal travels as text, such as \"120000.00\"; numbers lose digits",
            )),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl From<Hkd> for Decimal {
    fn from(amount: Hkd) -> Self {
        Self(amount.to_string())
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        Self(amount.to_string())
    }
}

impl From<Ratio> for Decimal {
    fn from(ratio: Ratio) -> Self {
        Self(ratio.to_text())
    }
}

impl From<String> for Decimal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// A moment in UTC (RFC 3339): `"2026-11-21T09:30:00Z"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) chrono::DateTime<Utc>);

#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = value else {
            return Err(InputValueError::expected_type(value));
        };
        let moment = chrono::DateTime::parse_from_rfc3339(&text)
            .map_err(|_| InputValueError::custom("a moment looks like 2026-11-21T09:30:00Z"))?;
        Ok(Self(moment.with_timezone(&Utc)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A calendar day in Hong Kong: `"2026-12-10"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) chrono::NaiveDate);

#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = value else {
            return Err(InputValueError::expected_type(value));
        };
        let day = text
            .parse()
            .map_err(|_| InputValueError::custom("a day looks like 2026-12-10"))?;
        Ok(Self(day))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(moment: chrono::DateTime<Utc>) -> Self {
        Self(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_keeps_every_digit_and_refuses_numbers() {
        let long = Value::String("12345678901234567.89".to_owned());
        assert_eq!(Decimal::parse(long.clone()).unwrap().to_value(), long);
        assert!(Decimal::parse(Value::from(12.5)).is_err());
    }

    #[test]
    fn a_moment_is_printed_in_utc() {
        let moment = DateTime::parse(Value::from("2026-11-21T17:30:00+08:00")).unwrap();
        assert_eq!(moment.to_value(), Value::from("2026-11-21T09:30:00Z"));
    }
}
