//! Simple expressions and types on one line, for what is put into skeletons.

use quote::ToTokens;
use syn::{Expr, GenericArgument, Path, PathArguments, Type};

/// An expression of calls, paths, strings and references.
pub(crate) fn expression(expression: &Expr) -> String {
    let mut out = String::new();
    write(&mut out, expression);
    out
}

fn write(out: &mut String, expression: &Expr) {
    match expression {
        Expr::Call(call) => {
            write(out, &call.func);
            arguments(out, call.args.iter());
        }
        Expr::MethodCall(call) => {
            write(out, &call.receiver);
            out.push('.');
            out.push_str(&call.method.to_string());
            arguments(out, call.args.iter());
        }
        Expr::Path(expression) => path(out, &expression.path),
        Expr::Reference(reference) => {
            out.push_str(if reference.mutability.is_some() {
                "&mut "
            } else {
                "&"
            });
            write(out, &reference.expr);
        }
        other => out.push_str(&other.to_token_stream().to_string()),
    }
}

fn arguments<'e>(out: &mut String, arguments: impl Iterator<Item = &'e Expr>) {
    out.push('(');
    for (index, argument) in arguments.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, argument);
    }
    out.push(')');
}

/// A type of paths and their arguments.
pub(crate) fn ty(ty: &Type) -> String {
    let mut out = String::new();
    write_type(&mut out, ty);
    out
}

fn write_type(out: &mut String, ty: &Type) {
    match ty {
        Type::Path(ty) => path(out, &ty.path),
        other => out.push_str(&other.to_token_stream().to_string()),
    }
}

fn path(out: &mut String, path: &Path) {
    if path.leading_colon.is_some() {
        out.push_str("::");
    }
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 {
            out.push_str("::");
        }
        out.push_str(&segment.ident.to_string());
        if let PathArguments::AngleBracketed(generic) = &segment.arguments {
            out.push('<');
            for (index, argument) in generic.args.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                if let GenericArgument::Type(ty) = argument {
                    write_type(out, ty);
                }
            }
            out.push('>');
        }
    }
}
