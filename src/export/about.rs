//! What stands above a file: what it does, and how to undo it.

use super::{AttachTo, Format, Target};

/// What the file does, and what it does to what is there.
pub fn about(target: &Target) -> &'static str {
    let makes = target.format.makes_endpoint();
    match target.attach_to {
        AttachTo::Role => "An inline policy of a role that exists.",
        AttachTo::User => "An inline policy of a user that exists.",
        AttachTo::Group => "An inline policy of a group that exists.",
        AttachTo::ManagedPolicy => "A customer managed policy.",
        AttachTo::Key if makes => {
            "Makes a key with this policy. The policy of a key outside of the stack cannot be set here: use the AWS CLI \
             or Terraform for it."
        }
        AttachTo::Key => "Replaces the whole policy of a key that exists.",
        AttachTo::Bucket => "Replaces the whole policy of a bucket that exists.",
        AttachTo::Trust => "A role that is new, and for EC2 its instance profile.",
        AttachTo::Endpoint if makes => "Makes a VPC endpoint with this policy.",
        AttachTo::Endpoint => "Replaces the whole policy of a VPC endpoint that exists.",
        AttachTo::Preferences => {
            "The session preferences of the account in this Region. A document of this name that exists must be \
             imported first."
        }
        AttachTo::SessionDocument => "A session document.",
        AttachTo::ServiceControlPolicy => "A service control policy, from the management account of the organization.",
    }
}

/// How to undo it.
pub fn undo(format: Format) -> &'static str {
    match format {
        Format::Terraform | Format::TerraformJsonencode => {
            "To undo it, remove this file and run: terraform apply"
        }
        Format::CdkTypescript | Format::CdkPython => "To undo it, run: cdk destroy SessionManagerStack",
        Format::PulumiTypescript => "To undo it, remove these lines and run: pulumi up",
        _ => {
            "To undo it, delete the stack: aws cloudformation delete-stack --stack-name session-manager. A stack with \
             names of IAM is made with --capabilities CAPABILITY_NAMED_IAM."
        }
    }
}
