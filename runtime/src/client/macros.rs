//! What the generator's macros expand to when there are clients.

/// Completes a generated client, which is a newtype of a [`Handle`](crate::client::Handle).
#[macro_export]
macro_rules! client {
    ($name:ident, $service:ty) => {
        impl<M: $crate::client::Mode> $name<M> {
            /// A client with the configuration that services share, as `aws-config` loads it.
            pub fn new(config: &$crate::client::config::SdkConfig) -> Self {
                Self($crate::client::Handle::new::<$service>(config))
            }

            /// A client with this configuration.
            ///
            /// If something essential is missing from it, every call says so.
            pub fn from_conf(config: $crate::client::Config) -> Self {
                Self($crate::client::Handle::from_conf::<$service>(config))
            }

            /// What it was configured with.
            pub fn config(&self) -> &$crate::client::Config {
                self.0.config()
            }
        }
    };
}

/// Makes an operation callable, and the builder of its input the way to call it.
#[doc(hidden)]
#[macro_export]
macro_rules! __callable {
    ($operation:ident, $input:ident, $builder:ident) => {
        impl $crate::client::Callable for $operation {
            fn plugin() -> &'static $crate::private::SharedRuntimePlugin {
                static PLUGIN: $crate::private::Lazy<$crate::private::SharedRuntimePlugin> =
                    $crate::private::Lazy::new();
                PLUGIN.get($crate::client::of_operation::<$operation>)
            }
        }

        impl<M: $crate::client::Mode> $builder<$crate::client::Call<M>> {
            fn on(call: $crate::client::Call<M>) -> Self {
                Self(<$input as ::core::default::Default>::default(), call)
            }

            /// Calls the operation.
            ///
            /// # Errors
            ///
            /// Whatever went wrong, on one line: see [`ErrorKind`](enum@$crate::ErrorKind).
            pub fn send(
                self,
            ) -> M::Of<
                ::core::result::Result<
                    <$operation as $crate::Operation>::Output,
                    $crate::Error<<$operation as $crate::Operation>::Error>,
                >,
            > {
                self.1.send::<$operation>(self.0)
            }

            /// The same call, with something changed for it alone.
            pub fn customize(self) -> $crate::client::Customize<$operation, M> {
                self.1.customize(self.0)
            }

            /// Signs the request, for anybody to send until `expires_in` has passed.
            ///
            /// # Errors
            ///
            /// What stands in the way of a signature: a required member, a region, credentials.
            pub fn presigned(
                self,
                expires_in: ::core::time::Duration,
            ) -> M::Of<
                ::core::result::Result<
                    $crate::client::Presigned,
                    $crate::Error<<$operation as $crate::Operation>::Error>,
                >,
            > {
                self.1.presigned::<$operation>(self.0, expires_in)
            }
        }
    };
}

/// Gives the builder of a paginated operation's input its paginator.
#[doc(hidden)]
#[macro_export]
macro_rules! __paginator {
    ($operation:ident, $builder:ident) => {
        impl<M: $crate::client::Mode> $builder<$crate::client::Call<M>> {
            /// All pages, from the one that the input says.
            pub fn into_paginator(self) -> $crate::client::Paginator<$operation, M> {
                $crate::client::Paginator::new(self.1, self.0)
            }
        }
    };
}
