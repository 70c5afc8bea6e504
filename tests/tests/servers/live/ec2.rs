//! EC2: ec2Query, whose model has no errors.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::ec2::ClientOf;
use smithereen_live::live::ec2::operation::describe_security_groups::DescribeSecurityGroupsError;
use smithereen_live::live::ec2::types::{Filter, ResourceType, Tag, TagSpecification};

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn groups_are_described<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let name = format!("parrots-{}", M::NAME);
    let tag = Tag::builder().key("flock").value("a & b").build();
    let tags = TagSpecification::builder()
        .resource_type(ResourceType::SecurityGroup)
        .tags([tag.clone()])
        .build();
    let create = || {
        client
            .create_security_group()
            .group_name(&name)
            .description("for parrots")
    };
    let call = create().tag_specifications([tags]);
    let id = M::wait(call.send()).unwrap().group_id.unwrap();

    let filter = Filter::builder()
        .name("group-name")
        .values([&*name])
        .build();
    let call = client.describe_security_groups().filters([filter]);
    let groups = M::wait(call.send()).unwrap();
    let [group] = groups.security_groups() else {
        panic!("{groups:?}");
    };
    assert_eq!(group.group_id.as_deref(), Some(&*id));
    assert_eq!(group.description.as_deref(), Some("for parrots"));
    assert_eq!(group.tags(), [tag]);
    // Everything may leave, nothing may come in.
    assert!(group.ip_permissions().is_empty());
    let [out] = group.ip_permissions_egress() else {
        panic!("{group:?}");
    };
    assert_eq!(out.ip_protocol.as_deref(), Some("-1"));
    assert_eq!(out.ip_ranges()[0].cidr_ip.as_deref(), Some("0.0.0.0/0"));

    modelled(
        M::wait(create().send()),
        "CreateSecurityGroup",
        "InvalidGroup.Duplicate",
    );
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.describe_security_groups();
    refused(
        M::wait(call.send()),
        "DescribeSecurityGroups",
        401,
        "AuthFailure",
    );
}

pub fn errors_have_their_codes<M: Drive>(server: &Server) {
    let call = client::<M>(server).describe_security_groups();
    let call = call.group_ids(["sg-00000000000000000"]);
    let result = M::wait(call.send());
    let error = modelled(result, "DescribeSecurityGroups", "InvalidGroup.NotFound");
    assert!(matches!(error, DescribeSecurityGroupsError::Unhandled(_)));
}
