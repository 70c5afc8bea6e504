"""Makes a user who may do everything, and prints its keys and those of a session: {"user": {…}, "session": {…}}.

Started with the URL of a server that has IAM and STS, as which `test` / `test` is the root user.
"""

import json
import sys

import botocore.session

EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def client(service, key, secret):
    return botocore.session.get_session().create_client(
        service,
        region_name="us-east-1",
        endpoint_url=sys.argv[1],
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


def keys(made):
    return {
        "key": made["AccessKeyId"],
        "secret": made["SecretAccessKey"],
        "token": made.get("SessionToken"),
    }


TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    ],
}

iam = client("iam", "test", "test")
iam.create_user(UserName="somebody")
iam.put_user_policy(
    UserName="somebody",
    PolicyName="everything",
    PolicyDocument=json.dumps(EVERYTHING),
)
user = keys(iam.create_access_key(UserName="somebody")["AccessKey"])

role = iam.create_role(RoleName="someone", AssumeRolePolicyDocument=json.dumps(TRUST))
iam.put_role_policy(
    RoleName="someone",
    PolicyName="everything",
    PolicyDocument=json.dumps(EVERYTHING),
)
sts = client("sts", user["key"], user["secret"])
session = sts.assume_role(RoleArn=role["Role"]["Arn"], RoleSessionName="session")
print(json.dumps({"user": user, "session": keys(session["Credentials"])}))
