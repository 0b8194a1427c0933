//! Which part of the page an address shows. Knows addresses, no browser.

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// All orders.
    All,
    /// The order with this id.
    One(u32),
}

impl Route {
    /// What stands behind the `#` of the address. All that is not known shows all orders.
    pub fn of(hash: &str) -> Self {
        let id = hash.strip_prefix("#/orders/").and_then(|id| id.parse().ok());
        id.map_or(Self::All, Self::One)
    }

    /// The address for a link.
    pub fn href(self) -> String {
        match self {
            Self::All => "#/".to_owned(),
            Self::One(id) => format!("#/orders/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    //! Addresses, there and back.

    use super::Route;

    #[test]
    fn addresses_are_read_and_written() {
        let check = |hash: &str, route: Route, href: &str| {
            assert_eq!((Route::of(hash), route.href().as_str()), (route, href));
        };
        check("", Route::All, "#/");
        check("#/orders/7", Route::One(7), "#/orders/7");
        check("#/orders/", Route::All, "#/");
        check("#/orders/-1", Route::All, "#/");
    }
}
