#include "core/annotation/formats/xml_tree.h"

#include <QXmlStreamReader>
#include <cmath>

namespace lamina {

namespace {
constexpr std::size_t deepestXml = 64;
}

const XmlElement* XmlElement::child(const char* wanted) const {
    for (const XmlElement& element : children)
        if (element.name == wanted) return &element;
    return nullptr;
}

std::string XmlElement::textOf(const char* wanted) const {
    const XmlElement* element = child(wanted);
    return element ? element->text : std::string();
}

std::optional<double> XmlElement::numberOf(const char* wanted) const { return finiteNumber(textOf(wanted)); }

std::string XmlElement::attribute(const char* wanted) const {
    const auto found = attributes.find(wanted);
    return found == attributes.end() ? std::string() : found->second;
}

std::optional<double> XmlElement::attributeNumber(const char* wanted) const { return finiteNumber(attribute(wanted)); }

std::optional<double> finiteNumber(const std::string& text) {
    bool good = false;
    const double value = QString::fromStdString(text).trimmed().toDouble(&good);
    return good && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<XmlElement> readXmlTree(std::span<const std::byte> bytes, std::string& reason) {
    QXmlStreamReader xml(QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
    XmlElement root;
    std::vector<XmlElement> open;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
            case QXmlStreamReader::DTD: reason = "a DTD"; return std::nullopt;
            case QXmlStreamReader::StartElement:
                if (open.size() >= deepestXml) {
                    reason = "elements within elements, more than " + std::to_string(deepestXml);
                    return std::nullopt;
                }
                open.emplace_back();
                open.back().name = xml.name().toString().toStdString();
                for (const auto& attribute : xml.attributes())
                    open.back().attributes[attribute.name().toString().toStdString()] = attribute.value().toString().toStdString();
                break;
            case QXmlStreamReader::Characters:
                if (!open.empty()) open.back().text += xml.text().toString().trimmed().toStdString();
                break;
            case QXmlStreamReader::EndElement: {
                XmlElement done = std::move(open.back());
                open.pop_back();
                (open.empty() ? root.children : open.back().children).push_back(std::move(done));
                break;
            }
            default: break;
        }
    }
    if (xml.hasError() || root.children.empty()) {
        reason = xml.hasError() ? xml.errorString().toStdString() + ", line " + std::to_string(xml.lineNumber()) : "no element";
        return std::nullopt;
    }
    return std::move(root.children.front());
}

}  // namespace lamina
