// Properties: what can be set on a layer, a loss, an optimizer, an importer …, described once.
// A kind keeps its settings in a plain struct; each Property points at a member of it. Panel, JSON, command line,
// documentation and the round-trip tests are generic over these descriptions.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace lamina {

/// A property's value as the window, JSON and the command line see it.
using PropertyValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<std::string>>;

struct PropertyLimits {
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    bool exclusiveMinimum = false;
    std::vector<std::string> choices = {};  ///< for text: the allowed words
    std::size_t length = 0;            ///< for lists: how many entries (0: any)
    std::string meaning = {};  ///< of texts: "column", "ordered_column", "other_column", "table" (names); "values", "expression", "secret"; "open" (not the choices alone); else any
};

/// One setting of a kind: persisted id, English title and help (other languages: app/messages), limits, access.
class Property {
public:
    std::string id;
    std::string title;
    std::string help;
    PropertyLimits limits;
    std::function<PropertyValue(const std::any&)> get;
    std::function<void(std::any&, const PropertyValue&)> set;

    /// Is this value of the right kind and within the limits? The error names the property and what is allowed.
    Result<void> check(const PropertyValue& value) const;
};

namespace detail {
template <class Member> PropertyValue toValue(const Member& m) {
    if constexpr (std::is_same_v<Member, bool>) return m;
    else if constexpr (std::is_integral_v<Member>) return static_cast<std::int64_t>(m);
    else if constexpr (std::is_floating_point_v<Member>) return static_cast<double>(m);
    else if constexpr (std::is_same_v<Member, std::string> || std::is_same_v<Member, std::vector<std::string>>) return m;
    else return std::vector<std::int64_t>(m.begin(), m.end());
}
template <class Member> void fromValue(Member& m, const PropertyValue& value) {
    if constexpr (std::is_same_v<Member, bool>) m = std::get<bool>(value);
    else if constexpr (std::is_integral_v<Member>) m = static_cast<Member>(std::get<std::int64_t>(value));
    else if constexpr (std::is_floating_point_v<Member>) m = static_cast<Member>(std::get<double>(value));
    else if constexpr (std::is_same_v<Member, std::string> || std::is_same_v<Member, std::vector<std::string>>) m = std::get<Member>(value);
    else {
        const auto& list = std::get<std::vector<std::int64_t>>(value);
        if constexpr (requires { m.resize(1); }) m.assign(list.begin(), list.end());
        else for (std::size_t i = 0; i < m.size(); ++i) m[i] = list[i];
    }
}
}  // namespace detail

/// property("units", &Dense::units, "Units", "How many numbers the layer gives.", {.minimum = 1})
/// Members may be bool, integers, floating point, std::string, std::array<std::int64_t, N>, std::vector<std::int64_t>, std::vector<std::string>.
template <class Struct, class Member>
Property property(std::string id, Member Struct::* member, std::string title, std::string help, PropertyLimits limits = {}) {
    if constexpr (requires { std::tuple_size<Member>::value; }) limits.length = std::tuple_size<Member>::value;
    return Property{std::move(id), std::move(title), std::move(help), std::move(limits),
                    [member](const std::any& s) { return detail::toValue(std::any_cast<const Struct&>(s).*member); },
                    [member](std::any& s, const PropertyValue& v) { detail::fromValue(std::any_cast<Struct&>(s).*member, v); }};
}

/// Settings as JSON: {"units": 128, …}, every property written.
nlohmann::json propertiesToJson(const std::vector<Property>& properties, const std::any& settings);
/// Fills `settings` (which holds the defaults) from JSON; unknown names, wrong kinds and values outside the limits
/// are errors: "property.unknown", "property.wrong_kind", "property.out_of_range", "property.not_a_choice".
Result<void> propertiesFromJson(const std::vector<Property>& properties, const nlohmann::json& json, std::any& settings);
/// A value from what a person typed ("3", "3,3", "true"), checked.
Result<PropertyValue> propertyFromText(const Property& property, const PropertyValue& example, std::string_view text);

}  // namespace lamina
