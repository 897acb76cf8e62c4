// A small XML file as a tree, as annotation formats have them. Without document types and entities of its own: those are refused.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lamina {

struct XmlElement {
    std::string name, text;
    std::map<std::string, std::string> attributes;
    std::vector<XmlElement> children;

    const XmlElement* child(const char* wanted) const;
    std::string textOf(const char* wanted) const;                     ///< of a child; empty where there is none
    std::optional<double> numberOf(const char* wanted) const;         ///< of a child; finite
    std::string attribute(const char* wanted) const;                  ///< empty where there is none
    std::optional<double> attributeNumber(const char* wanted) const;  ///< finite
};

/// nullopt: not well formed, with a DTD, or nested too deep; `reason` says which.
std::optional<XmlElement> readXmlTree(std::span<const std::byte> bytes, std::string& reason);
/// Finite, in the way of C; blanks around it are no matter.
std::optional<double> finiteNumber(const std::string& text);

}  // namespace lamina
