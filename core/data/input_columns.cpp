#include "core/data/input_columns.h"

#include <algorithm>
#include <numeric>

namespace lamina {
namespace {

std::string namesOf(std::span<const OfferedColumn> columns) {
    std::string names;
    for (const OfferedColumn& column : columns) names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

Result<void> takeNamed(std::span<const OfferedColumn> columns, std::span<const InputWish> inputs, std::vector<int>& takers) {
    for (std::size_t input = 0; input < inputs.size(); ++input)
        for (const std::string& name : inputs[input].columns) {
            const auto found = std::find_if(columns.begin(), columns.end(), [&](const OfferedColumn& column) { return column.name == name; });
            if (found == columns.end())
                return fail("inputs.unknown_column", {{"layer", inputs[input].layer}, {"column", name}, {"known", namesOf(columns)}});
            int& taker = takers[static_cast<std::size_t>(found - columns.begin())];
            if (taker >= 0)
                return fail("inputs.column_twice", {{"column", name}, {"first", inputs[static_cast<std::size_t>(taker)].layer}, {"second", inputs[input].layer}});
            taker = static_cast<int>(input);
        }
    return {};
}

/// Inputs that name no columns, while they are handed out.
class OpenInputs {
public:
    explicit OpenInputs(std::span<const InputWish> inputs) : m_inputs(inputs) {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (inputs[i].columns.empty()) m_open.push_back(static_cast<int>(i));
    }

    std::size_t count() const { return m_open.size(); }
    int first() const { return m_open.front(); }

    /// One that fits the picture or array, for it alone; -1: none.
    int takeFor(const OfferedColumn& column) {
        const auto fits = [&](int input) {
            const Shape& shape = m_inputs[static_cast<std::size_t>(input)].shape;
            return column.form == ColumnForm::Picture ? shape.size() == 3 : shape == column.shape;
        };
        const auto found = std::find_if(m_open.begin(), m_open.end(), fits);
        if (found == m_open.end()) return -1;
        const int input = *found;
        m_open.erase(found);
        return input;
    }

    /// The one that reads rows of numbers; -1: none.
    Result<int> forSingles() const {
        std::vector<int> flat;
        for (const int input : m_open)
            if (m_inputs[static_cast<std::size_t>(input)].shape.size() == 1) flat.push_back(input);
        if (flat.empty()) return -1;
        if (flat.size() == 1) return flat[0];
        return fail("inputs.not_divided", {{"first", m_inputs[static_cast<std::size_t>(flat[0])].layer}, {"second", m_inputs[static_cast<std::size_t>(flat[1])].layer}});
    }

private:
    std::span<const InputWish> m_inputs;
    std::vector<int> m_open;
};

Result<void> takeRest(std::span<const OfferedColumn> columns, std::span<const InputWish> inputs, std::vector<int>& takers) {
    OpenInputs open(inputs);
    if (open.count() == 0) return {};
    if (open.count() == 1) {
        std::replace(takers.begin(), takers.end(), -1, open.first());
        return {};
    }
    bool singles = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (takers[i] >= 0) continue;
        if (columns[i].form == ColumnForm::Single) singles = true;
        else takers[i] = open.takeFor(columns[i]);
    }
    if (!singles) return {};
    LAMINA_TRY(const int input, open.forSingles());
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (takers[i] < 0 && columns[i].form == ColumnForm::Single) takers[i] = input;
    return {};
}

/// An array or picture is alone in its input.
Result<void> checkMixture(std::span<const FeatureColumn> features) {
    const auto isTensor = [](const FeatureColumn& f) { return f.kind == FeatureKind::Tensor; };
    const auto tensor = std::find_if(features.begin(), features.end(), isTensor);
    if (tensor == features.end() || features.size() == 1) return {};
    const auto second = std::find_if(tensor + 1, features.end(), isTensor);
    if (second != features.end()) return fail("preparation.several_tensors", {{"first", tensor->name}, {"second", second->name}});
    const auto other = std::find_if_not(features.begin(), features.end(), isTensor);
    return fail("preparation.mixed_inputs", {{"tensor", tensor->name}, {"column", other->name}});
}

/// Features by input, then as the input names them, then as they are.
void sortFeatures(Preparation& preparation, const std::vector<InputWish>& inputs, const std::vector<int>& takers) {
    std::vector<std::size_t> order(preparation.features.size());
    std::iota(order.begin(), order.end(), 0);
    const auto placeOf = [&](std::size_t i) {
        const auto& named = inputs[static_cast<std::size_t>(takers[i])].columns;
        return std::pair(takers[i], std::find(named.begin(), named.end(), preparation.features[i].name) - named.begin());
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return placeOf(a) < placeOf(b); });
    std::vector<FeatureColumn> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(preparation.features[i]));
    preparation.features = std::move(sorted);
}

}  // namespace

void setOffsets(Preparation& preparation) {
    std::int64_t offset = 0;
    for (FeatureColumn& feature : preparation.features) {
        feature.outputOffset = offset;
        offset += feature.outputCount;
    }
    for (InputPart& part : preparation.inputs) {
        const auto features = std::span(preparation.features).subspan(part.firstFeature, part.featureCount);
        part.offset = features.front().outputOffset;
        part.count = features.back().outputOffset + features.back().outputCount - part.offset;
        part.shape = features.front().kind == FeatureKind::Tensor ? features.front().elementShape : Shape{part.count};
    }
}

bool readsPictures(const Shape& shape) { return shape.size() == 3 && shape[0] <= imageMaximumChannels; }

Result<std::vector<int>> divideColumns(std::span<const OfferedColumn> columns, std::span<const InputWish> inputs) {
    std::vector<int> takers(columns.size(), -1);
    LAMINA_CHECK(takeNamed(columns, inputs, takers));
    LAMINA_CHECK(takeRest(columns, inputs, takers));
    return takers;
}

Result<void> arrangeInputs(Preparation& preparation, const std::vector<InputWish>& inputs, const std::vector<int>& takers) {
    preparation.inputs.clear();
    if (!takers.empty()) sortFeatures(preparation, inputs, takers);
    setOffsets(preparation);
    if (inputs.size() < 2) return checkMixture(preparation.features);
    std::size_t first = 0;
    for (std::size_t input = 0; input < inputs.size(); ++input) {
        const auto count = static_cast<std::size_t>(std::count(takers.begin(), takers.end(), static_cast<int>(input)));
        if (count == 0) return fail("inputs.without_columns", {{"layer", inputs[input].layer}});
        const auto features = std::span(preparation.features).subspan(first, count);
        if (auto mixed = checkMixture(features); !mixed) return mixed.takeError().with("layer", inputs[input].layer);
        preparation.inputs.push_back({inputs[input].layer, first, count, 0, 0, {}});
        first += count;
    }
    setOffsets(preparation);
    return {};
}

}  // namespace lamina
