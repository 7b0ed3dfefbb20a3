//! What a condition is made of: operators, condition keys by their form, and the types that values have.

mod base64;
mod date;
mod decimal;
mod ip_range;
mod key_list;
mod key_name;
mod operator;

pub use base64::{decode_base64, is_base64};
pub use date::{moment_of_seconds, DateValue, Moment};
pub use decimal::Decimal;
pub use ip_range::IpRange;
pub use key_list::is_listed_key;
pub use key_name::{is_key_format, key_prefix};
pub use operator::{without_if_exists, BaseOperator, ConditionOperator, Family, Qualifier};
