#include "app/pages/model/layer_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>
#include <set>

#include "app/pages/model/layer_settings.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "core/network/network_template.h"
#include "widgets/properties/property_row.h"

namespace lamina {
namespace {

class SpokenWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::ModelWords)
};

QLocale locale() { return currentLanguage() == Language::Chinese ? QLocale(QLocale::Chinese) : QLocale(QLocale::English); }

struct Category {
    std::string id;
    int colour;
};

/// In the order of the palette.
const std::vector<Category> categories{{"core", 0},     {"convolution", 1},    {"pooling", 2}, {"activation", 4}, {"normalization", 3}, {"regularization", 6},
                                       {"sequence", 8}, {"merge", 5},          {"shape", 7},   {"preprocessing", 9}, {"math", 10}};

/// The layers that most networks consist of: the palette shows them first.
const std::set<std::string> usedOften{"input", "dense", "conv2d", "max_pool2d", "flatten", "dropout", "batch_norm", "relu", "softmax", "lstm"};

/// Names in both languages and other words for the layer: people search with those they know.
QString searchWords(const LayerType& type) {
    QStringList words;
    for (const Language language : {Language::English, Language::Chinese})
        for (const char* part : {".title", ".words"}) words << QString::fromStdString(textOr("layer." + type.id + part, language, {}));
    words.removeAll(QString());
    return words.join(QLatin1Char(','));
}

GraphLayer graphLayer(const LayerType& type, const Category& category) {
    const bool input = type.id == "input";
    GraphLayer layer{type.id, layerTitle(type), layerSummary(type), messageText("layer_category." + category.id, QString::fromStdString(category.id)),
                     category.colour, input ? 0 : type.minimumInputs, input ? 0 : type.maximumInputs, propertiesToJson(type.properties, type.defaults)};
    layer.words = searchWords(type);
    layer.often = usedOften.count(type.id) > 0;
    return layer;
}

QString important(const Property& property, const QString& title, const PropertyValue& value) {
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) return QStringLiteral("%1 %2").arg(title, shapeWords(*list));
    if (std::holds_alternative<bool>(value) || !property.limits.choices.empty()) return {};
    return QStringLiteral("%1 %2").arg(title, valueText(value));
}

/// The first two settings that are numbers: the catalogue names the important ones first.
QString settingsWords(const NetworkNode& node) {
    const LayerType* type = findLayer(node.type);
    if (!type || node.type == "input") return type ? layerTitle(*type) : QString();
    const std::any settings = settingsOf(*type, node);
    QStringList parts;
    for (const auto& property : type->properties) {
        const QString part = important(property, propertyTitle(*type, property), property.get(settings));
        if (!part.isEmpty() && parts.size() < 2) parts << part;
    }
    return parts.isEmpty() ? layerTitle(*type) : parts.join(QStringLiteral(" · "));
}

GraphNote noteOf(const NetworkNode& node, const NodeReport* report) {
    GraphNote note;
    note.settings = settingsWords(node);
    if (!report) return note;
    note.shape = shapeWords(report->shape);
    if (report->parameters > 0) note.cost = SpokenWords::tr("%1 param.").arg(countWords(static_cast<double>(report->parameters), true));
    return note;
}

}  // namespace

QString layerTitle(const LayerType& type) { return messageText("layer." + type.id + ".title", QString::fromStdString(type.title)); }
QString layerSummary(const LayerType& type) { return messageText("layer." + type.id + ".summary", QString::fromStdString(type.summary)); }
QString propertyTitle(const LayerType& type, const Property& property) {
    return messageText("layer." + type.id + "." + property.id + ".title", QString::fromStdString(property.title));
}
QString propertyHelp(const LayerType& type, const Property& property) {
    return messageText("layer." + type.id + "." + property.id + ".help", QString::fromStdString(property.help));
}
QString choiceTitle(const LayerType& type, const Property& property, const std::string& choice) {
    // Choices that mean the same in every layer have their words once.
    const QString shared = messageText("choice." + choice, QString::fromStdString(choice));
    return messageText("layer." + type.id + "." + property.id + ".choice." + choice, shared);
}
QString templateTitle(const std::string& id) {
    const NetworkTemplate* found = findTemplate(id);
    return messageText("template." + id + ".title", QString::fromStdString(found ? found->title : id));
}
QString templateSummary(const std::string& id) {
    const NetworkTemplate* found = findTemplate(id);
    return messageText("template." + id + ".summary", QString::fromStdString(found ? found->summary : std::string()));
}

std::vector<GraphLayer> graphLayers() {
    std::vector<GraphLayer> layers;
    for (const Category& category : categories)
        for (const LayerType* type : layerCatalogue())
            if (type->category == category.id) layers.push_back(graphLayer(*type, category));
    return layers;
}

GraphNotes graphNotes(const Network& network, const ModelCheck& check) {
    GraphNotes notes;
    for (const auto& node : network.nodes) {
        const auto report = check.nodes.find(node.id);
        notes[node.id] = noteOf(node, report == check.nodes.end() ? nullptr : &report->second);
    }
    for (const auto& problem : check.problems) {
        const auto note = notes.find(problem.node);
        if (note == notes.end() || !note->second.problem.isEmpty()) continue;
        note->second.problem = Workspace::words(problem.what);
        if (!problem.fixes.empty()) note->second.fix = Workspace::words(problem.fixes.front().label);
    }
    return notes;
}

QString shapeWords(const Shape& shape) {
    QStringList sizes;
    for (const auto size : shape) sizes << QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

QString countWords(double count, bool shortly) {
    if (!shortly || count < 10000) return locale().toString(std::round(count), 'f', 0);
    static const std::pair<double, const char*> units[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (const auto& [size, unit] : units)
        if (count >= size) return QStringLiteral("%1 %2").arg(locale().toString(count / size, 'f', count / size < 100 ? 1 : 0), QLatin1String(unit));
    return {};
}

QString bytesWords(std::uint64_t bytes) { return QString::fromStdString(readableBytes(bytes)); }

QString statisticsWords(const ModelCheck& check) {
    const QStringList parts{SpokenWords::tr("%n layer(s)", nullptr, static_cast<int>(check.layers)),
                            SpokenWords::tr("%1 parameters").arg(countWords(static_cast<double>(check.parameters), false)),
                            SpokenWords::tr("%1 multiply-adds for each item").arg(countWords(check.flops / 2, true)),
                            SpokenWords::tr("%1 of memory for weights and one item").arg(bytesWords(check.bytes))};
    return parts.join(QStringLiteral("  ·  "));
}

EditName editNameOf(const NetworkEdit& edit) {
    using Kind = NetworkEdit::Kind;
    const bool one = edit.count == 1;
    const std::string count = std::to_string(edit.count);
    switch (edit.kind) {
        case Kind::Add: return editName("edit.add_layer", {{"layer", edit.subject}});
        case Kind::Insert: return editName("edit.insert_layer", {{"layer", edit.subject}});
        case Kind::Remove: return one ? editName("edit.remove_layer", {{"layer", edit.subject}}) : editName("edit.remove_layers", {{"count", count}});
        case Kind::Connect: return editName("edit.connect_layers", {{"from", edit.subject}, {"to", edit.object}});
        case Kind::Disconnect: return editName("edit.disconnect_layers", {{"from", edit.subject}, {"to", edit.object}});
        case Kind::Move: return one ? editName("edit.move_layer", {{"layer", edit.subject}}) : editName("edit.move_layers", {{"count", count}});
        case Kind::Paste: return editName("edit.paste_layers", {{"count", count}});
        case Kind::Duplicate: return editName("edit.duplicate_layers", {{"count", count}});
        case Kind::Arrange: return editName("edit.arrange_network");
    }
    return editName("edit.change_network");
}

}  // namespace lamina
