#include "core/data/augmentations/augmenter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lamina {
namespace {

bool isBytePicture(const FeatureColumn& feature) {
    return feature.kind == FeatureKind::Tensor && feature.elementType == DType::UInt8 && feature.elementShape.size() == 3;
}

AugmentedData dataKindOf(const Preparation& preparation) {
    if (!preparation.isImage()) return std::any_of(preparation.features.begin(), preparation.features.end(), isBytePicture) ? AugmentedData::Mixed : AugmentedData::Table;
    if (preparation.features[0].wordNumbers) return AugmentedData::Words;
    return preparation.inputShape().size() == 3 ? AugmentedData::Picture : AugmentedData::Series;
}

Result<const AugmentationType*> knownAugmentation(const std::string& id) {
    if (const AugmentationType* found = findAugmentation(id)) return found;
    std::string known;
    for (const auto* type : augmentationCatalogue()) known += (known.empty() ? "" : ", ") + type->id;
    return fail("augmentation.unknown", {{"augmentation", id}, {"known", known}});
}

RandomStream streamFor(const AugmentedItem& item, const char* purpose) {
    const std::uint64_t epoch = static_cast<std::uint64_t>(item.epoch) * 0xD1B54A32D192ED03ull;
    return {item.seed, streamOf(purpose) ^ epoch, static_cast<std::uint64_t>(item.row) ^ static_cast<std::uint64_t>(item.occurrence) << 44};
}

/// Each step has numbers of its own, so that adding one leaves what the others do as it is.
RandomDraw drawFor(const AugmentedItem& item, std::size_t step) { return {streamFor(item, "augmentation"), static_cast<std::uint64_t>(step) << 32}; }

}  // namespace

const AugmentationType* findAugmentation(const std::string& id) {
    for (const auto* type : augmentationCatalogue())
        if (type->id == id) return type;
    return nullptr;
}

Result<Augmenter> Augmenter::create(const std::vector<AugmentationStep>& steps, const Preparation& preparation) {
    Augmenter augmenter;
    const AugmentedData kind = dataKindOf(preparation);
    const Shape shape = preparation.inputShape();
    for (const auto& step : steps) {
        LAMINA_TRY(const auto* type, knownAugmentation(step.type));
        const bool suits = kind == AugmentedData::Mixed ? !type->mix && (type->data == AugmentedData::Picture || type->data == AugmentedData::Table) : type->data == kind;
        const bool bytes = kind != AugmentedData::Picture || preparation.features[0].elementType == DType::UInt8;
        if (!suits || !bytes) return fail("augmentation.not_for_data", {{"augmentation", step.type}});
        if (!(step.probability >= 0 && step.probability <= 1)) return fail("augmentation.probability", {{"augmentation", step.type}});
        Step made{type, type->defaults, step.probability};
        LAMINA_CHECK(propertiesFromJson(type->properties, step.settings, made.settings));
        augmenter.m_steps.push_back(std::move(made));
    }
    augmenter.m_besideOthers = kind == AugmentedData::Mixed;
    const auto changesPictures = [](const Step& step) { return step.type->data == AugmentedData::Picture; };
    const bool pictures = kind == AugmentedData::Picture || std::any_of(augmenter.m_steps.begin(), augmenter.m_steps.end(), changesPictures);
    for (std::size_t f = 0; pictures && f < preparation.features.size(); ++f) {
        const FeatureColumn& feature = preparation.features[f];
        const Shape& form = feature.elementShape;
        if (kind == AugmentedData::Picture || isBytePicture(feature)) augmenter.m_pictures.push_back({f, feature.outputOffset, {form[0], form[1], form[2]}});
    }
    if (kind == AugmentedData::Series) {
        augmenter.m_seriesSteps = shape.empty() ? 0 : shape[0];
        for (std::size_t i = 1; i < shape.size(); ++i) augmenter.m_features *= shape[i];
    }
    if (kind == AugmentedData::Table || kind == AugmentedData::Mixed)
        for (const auto& feature : preparation.features)
            for (std::int64_t i = 0; i < feature.outputCount; ++i) augmenter.m_isNumber.push_back(feature.kind == FeatureKind::Number && i == 0);
    return augmenter;
}

/// A picture on its way: maps are gathered until somebody needs to see the pixels, so that a turn and a shift blur it once.
struct Augmenter::Canvas {
    const PreparedData& data;
    const AugmentedItem item;
    std::span<const std::int64_t> partners;
    AugmentationScratch& scratch;
    Pixels pixels;
    AugmentedGeometry geometry = {};
    PlaneMap pending = {};

    void addMap(const PlaneMap& map) {
        pending = pending.then(map);
        geometry.map = geometry.map.then(map);
        geometry.otherMap = geometry.otherMap.then(map);
    }
    void settle() {
        if (!pending.isNothing()) transformPixels(pending, pixels.size, pixels.values, scratch.kept);
        pending = {};
    }
};

void Augmenter::changeBy(Canvas& canvas, const AugmentationType& type, const std::any& settings, RandomDraw& draw) const {
    if (type.map) return canvas.addMap(type.map(settings, canvas.pixels.size, draw));
    if (type.paint) {
        canvas.settle();
        return type.paint(settings, canvas.pixels, draw);
    }
    if (!type.several) return;
    for (const auto& drawn : type.several(settings, draw)) changeBy(canvas, *drawn.type, drawn.settings, draw);
}

/// The other picture goes through the same steps before this one, with numbers of its own.
void Augmenter::mix(Canvas& canvas, std::size_t step, RandomDraw& draw) const {
    if (canvas.partners.empty() || canvas.geometry.other >= 0) return;
    const std::int64_t row = canvas.partners[static_cast<std::size_t>(draw.below(std::ssize(canvas.partners)))];
    AugmentationScratch scratch;
    canvas.scratch.other.resize(canvas.pixels.values.size());
    canvas.data.writePicture(row, canvas.scratch.other.data());
    const AugmentedItem item{canvas.item.seed ^ 0x5DEECE66Dull, canvas.item.epoch, row, canvas.item.row};
    Canvas other{canvas.data, item, {}, scratch, {canvas.pixels.size, canvas.scratch.other}};
    change(other, 0, step);
    canvas.settle();
    const Mixture mixture = m_steps[step].type->mix(m_steps[step].settings, canvas.pixels, other.pixels, draw);
    canvas.geometry.other = row;
    canvas.geometry.otherMap = other.geometry.map;
    canvas.geometry.ownShare = mixture.ownShare;
    canvas.geometry.pasted = mixture.pasted;
}

void Augmenter::change(Canvas& canvas, std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
        RandomDraw draw = drawFor(canvas.item, i);
        if (!draw.chance(m_steps[i].probability)) continue;
        if (m_steps[i].type->mix) mix(canvas, i, draw);
        else changeBy(canvas, *m_steps[i].type, m_steps[i].settings, draw);
    }
    canvas.settle();
}

AugmentedGeometry Augmenter::writePicture(const PreparedData& data, const AugmentedItem& item, std::span<const std::int64_t> partners,
                                          AugmentationScratch& scratch, float* out) const {
    data.writePicture(item.row, out);
    Canvas canvas{data, item, partners, scratch, {m_pictures[0].size, std::span(out, static_cast<std::size_t>(data.inputCount()))}};
    change(canvas, 0, m_steps.size());
    return canvas.geometry;
}

void Augmenter::writeTensor(const PreparedData& data, const AugmentedItem& item, float* out) const {
    data.writeInput(item.row, out);
    const std::span values(out, static_cast<std::size_t>(data.inputCount()));
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        RandomDraw draw = drawFor(item, i);
        if (!draw.chance(m_steps[i].probability)) continue;
        if (m_steps[i].type->row) m_steps[i].type->row(m_steps[i].settings, {values, m_isNumber}, draw);
        if (m_steps[i].type->series) m_steps[i].type->series(m_steps[i].settings, {m_seriesSteps, m_features, values}, draw);
        if (m_steps[i].type->words) m_steps[i].type->words(m_steps[i].settings, {values}, draw);
    }
}

/// Those of a row in which other columns stand, too.
void Augmenter::changePictures(const PreparedData& data, const AugmentedItem& item, AugmentationScratch& scratch, float* out) const {
    for (const Picture& picture : m_pictures) {
        float* const place = out + picture.offset;
        const auto count = static_cast<std::size_t>(picture.size.channels * picture.size.height * picture.size.width);
        data.writePicture(item.row, place, picture.feature);
        Canvas canvas{data, item, {}, scratch, {picture.size, std::span(place, count)}};
        change(canvas, 0, m_steps.size());
        data.scalePicture(place, picture.feature);
    }
}

AugmentedGeometry Augmenter::writeInput(const PreparedData& data, const AugmentedItem& item, std::span<const std::int64_t> partners,
                                        AugmentationScratch& scratch, float* out) const {
    if (m_besideOthers || m_pictures.empty()) {
        writeTensor(data, item, out);
        changePictures(data, item, scratch, out);
        return {};
    }
    const auto geometry = writePicture(data, item, partners, scratch, out);
    data.scalePicture(out);
    return geometry;
}

bool Augmenter::takesOtherAnswer(const AugmentedItem& item, const AugmentedGeometry& geometry) {
    return geometry.other >= 0 && streamFor(item, "augmentation answer").uniform(0) >= geometry.ownShare;
}

Result<std::vector<Image>> augmentedVersions(const PreparedData& data, const Augmenter& augmenter, std::int64_t row, std::int64_t count, std::uint64_t seed) {
    if (!data.isPicture()) return fail("augmentation.no_picture");
    const Shape shape = data.inputShape();
    std::vector<float> values(static_cast<std::size_t>(data.inputCount()));
    AugmentationScratch scratch;
    std::vector<Image> versions;
    for (std::int64_t epoch = 0; epoch < count; ++epoch) {
        augmenter.writePicture(data, {seed, epoch, row, 0}, data.rows(Part::Training), scratch, values.data());
        Image image{shape[0], shape[1], shape[2], {}};
        for (const float x : values) image.pixels.push_back(static_cast<std::uint8_t>(std::clamp(x + 0.5f, 0.0f, 255.0f)));
        versions.push_back(std::move(image));
    }
    return versions;
}

namespace {

std::vector<std::string> piecesOf(std::string_view text, char separator) {
    std::vector<std::string> pieces;
    for (;;) {
        const auto end = text.find(separator);
        pieces.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

Result<void> setTyped(const AugmentationType& type, const std::string& id, const std::string& text, nlohmann::json& settings) {
    const auto property = std::find_if(type.properties.begin(), type.properties.end(), [&](const Property& p) { return p.id == id; });
    if (property == type.properties.end()) {
        std::string known;
        for (const auto& p : type.properties) known += (known.empty() ? "" : ", ") + p.id;
        return fail("property.unknown", {{"property", id}, {"known", known}});
    }
    LAMINA_TRY(const auto value, propertyFromText(*property, property->get(type.defaults), text));
    std::visit([&](const auto& v) { settings[id] = v; }, value);
    return {};
}

/// "crop=0.5:shape=1.2@0.3"
Result<AugmentationStep> stepFromText(const std::string& text) {
    AugmentationStep step;
    const auto at = text.find('@');
    const auto words = piecesOf(std::string_view(text).substr(0, at), ':');
    const auto first = words[0].find('=');
    step.type = words[0].substr(0, first);
    LAMINA_TRY(const auto* type, knownAugmentation(step.type));
    if (first != std::string::npos) LAMINA_CHECK(setTyped(*type, type->properties[0].id, words[0].substr(first + 1), step.settings));
    for (std::size_t i = 1; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        LAMINA_CHECK(setTyped(*type, words[i].substr(0, equals), equals == std::string::npos ? "" : words[i].substr(equals + 1), step.settings));
    }
    if (at == std::string::npos) return step;
    const char *begin = text.data() + at + 1, *end = text.data() + text.size();
    const auto read = std::from_chars(begin, end, step.probability);
    if (read.ec != std::errc() || read.ptr != end || !(step.probability >= 0 && step.probability <= 1))
        return fail("augmentation.probability", {{"augmentation", step.type}});
    return step;
}

}  // namespace

Result<std::vector<AugmentationStep>> augmentationsFromText(std::string_view text) {
    std::vector<AugmentationStep> steps;
    if (text.empty()) return steps;
    for (const std::string& piece : piecesOf(text, ',')) {
        LAMINA_TRY(auto step, stepFromText(piece));
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace lamina
