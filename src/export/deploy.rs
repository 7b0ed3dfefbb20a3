//! How a file is made real, and how that is undone: the lines that stand above what is in it.

use super::resource::{cased, Case, Family, Input};
use super::Format;

/// The command that makes what a file holds: the name that its text is saved under where the tool takes it by name, the
/// Region where it is known, and what the file asks for. Terraform asks by itself.
pub fn make(format: Format, file: &str, region: Option<&str>, asked: &[&Input]) -> String {
    let mut command = String::from("To make it, run: ");
    match format {
        Format::Terraform | Format::TerraformJsonencode => {
            command.push_str("terraform init && terraform apply");
        }
        Format::PulumiTypescript => {
            for input in asked {
                let name = cased(input.name, Case::Camel);
                command.extend(["pulumi config set ", &name, " VALUE && "]);
            }
            command.push_str("pulumi up");
        }
        Format::CdkTypescript | Format::CdkPython => {
            command.push_str("cdk deploy SessionManagerStack");
            for input in asked {
                command.extend([" --parameters ", input.name, "=VALUE"]);
            }
        }
        _ => {
            command.push_str(
                "aws cloudformation deploy --stack-name session-manager --template-file ",
            );
            command.push_str(file);
            command.push_str(&in_region(region));
            command.push_str(" --capabilities CAPABILITY_NAMED_IAM");
            if !asked.is_empty() {
                command.push_str(" --parameter-overrides");
            }
            for input in asked {
                command.extend([" ", input.name, "=VALUE"]);
            }
        }
    }
    command
}

/// How to undo what one file has made beside others in the same state, or as the stack that it is.
pub fn undo(format: Format, region: Option<&str>) -> String {
    let how = match format {
        Format::Terraform | Format::TerraformJsonencode => {
            "To undo it, remove this file and run: terraform apply"
        }
        Format::CdkTypescript | Format::CdkPython => {
            "To undo it, run: cdk destroy SessionManagerStack"
        }
        Format::PulumiTypescript => "To undo it, remove these lines and run: pulumi up",
        _ => {
            let call =
                "To undo it, run: aws cloudformation delete-stack --stack-name session-manager";
            return [call, &in_region(region)].concat();
        }
    };
    how.to_owned()
}

/// What is to be known of a stack that others may have made with the same name.
pub fn caution(format: Format) -> Option<&'static str> {
    (format.family() == Family::CloudFormation).then_some(
        "A stack loses what is not in its newest file: give each file a stack of its own, by another name.",
    )
}

fn in_region(region: Option<&str>) -> String {
    region.map_or_else(String::new, |region| [" --region ", region].concat())
}
