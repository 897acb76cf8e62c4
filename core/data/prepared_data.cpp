#include "core/data/prepared_data.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <unordered_map>

#include "core/data/class_column.h"
#include "core/data/image_feature.h"
#include "core/data/prepare_tensor.h"
#include "core/data/table.h"

namespace lamina {

class PictureCache;

namespace {

/// A feature tied to the table's column.
struct Source {
    ColumnView view;
    std::vector<std::int32_t> outputOfCode;  ///< Category column: which output is 1, or -1
    std::vector<std::int32_t> outputOfRow;   ///< Category feature over a column of another kind
    std::vector<float> prepared;             ///< uint8 Tensor: channel × 256 prepared values
    std::unique_ptr<PictureCache> pictures;  ///< Image column
};

using OutputByText = std::unordered_map<std::string_view, std::int32_t>;

OutputByText outputsByText(const FeatureColumn& feature) {
    OutputByText outputs;
    for (const auto& category : feature.categories) outputs.emplace(category, static_cast<std::int32_t>(outputs.size()));
    return outputs;
}

std::int32_t findOutput(const OutputByText& outputs, std::string_view text) {
    const auto found = outputs.find(text);
    return found == outputs.end() ? -1 : found->second;
}

Error wrongKind(const FeatureColumn& feature, ColumnKind found, const char* expected) {
    return fail("preparation.column_kind", {{"column", feature.name}, {"found", columnKindName(found)}, {"expected", expected}});
}

/// A column without any value has whatever kind its importer guessed; it is accepted for every feature but a tensor.
bool isEmpty(const ColumnView& view, const ColumnInfo& info) { return info.missing == view.rows; }

Result<void> bindNumber(const FeatureColumn& feature, const ColumnInfo& info, const Source& source) {
    const ColumnKind kind = source.view.kind;
    const bool number = kind == ColumnKind::Number || kind == ColumnKind::Integer || kind == ColumnKind::Boolean;
    if (number || (isEmpty(source.view, info) && kind != ColumnKind::Tensor)) return {};
    return wrongKind(feature, kind, "number");
}

Result<void> bindCategory(const FeatureColumn& feature, const ColumnInfo& info, Source& source) {
    if (source.view.kind == ColumnKind::Tensor) return wrongKind(feature, source.view.kind, "category");
    const OutputByText outputs = outputsByText(feature);
    if (source.view.kind == ColumnKind::Category) {
        for (const auto& text : source.view.dictionary) source.outputOfCode.push_back(findOutput(outputs, text));
        return {};
    }
    source.outputOfRow.reserve(static_cast<std::size_t>(source.view.rows));
    for (std::int64_t row = 0; row < source.view.rows; ++row) source.outputOfRow.push_back(findOutput(outputs, displayText(source.view, info, row)));
    return {};
}

Result<void> bindTensor(const FeatureColumn& feature, const ColumnInfo& info, Source& source) {
    // What was learned from tensors can be asked about picture files, and those can be named by texts.
    const bool named = feature.picture && (source.view.kind == ColumnKind::Text || source.view.kind == ColumnKind::Category);
    const bool pictures = (named || source.view.kind == ColumnKind::Image) && feature.elementType == DType::UInt8 && feature.elementShape.size() == 3;
    if (!pictures && source.view.kind != ColumnKind::Tensor) return wrongKind(feature, source.view.kind, "tensor");
    if (!pictures && (info.elementShape != feature.elementShape || source.view.elementType != feature.elementType)) {
        const auto text = [](DType type, const Shape& shape) { return std::string(dtypeName(type)) + " " + shapeText(shape); };
        return fail("preparation.tensor_shape", {{"column", feature.name},
                                                 {"found", text(source.view.elementType, info.elementShape)},
                                                 {"expected", text(feature.elementType, feature.elementShape)}});
    }
    if (feature.elementType != DType::UInt8) return {};
    for (std::size_t c = 0; c < feature.channelMean.size(); ++c) {
        for (int x = 0; x < 256; ++x) source.prepared.push_back(prepareElement(feature, static_cast<std::int64_t>(c), x));
    }
    return {};
}

std::int32_t categoryOutput(const Source& source, std::int64_t row) {
    if (!source.outputOfRow.empty()) return source.outputOfRow[static_cast<std::size_t>(row)];
    const std::int32_t code = source.view.codes[static_cast<std::size_t>(row)];
    return code < 0 ? -1 : source.outputOfCode[static_cast<std::size_t>(code)];
}

void writeNumber(const FeatureColumn& feature, const Source& source, std::int64_t row, float* out) {
    const double x = source.view.kind == ColumnKind::Category ? std::nan("") : source.view.number(row);
    const bool missing = numberIsMissing(feature, x);
    out[0] = prepareNumber(feature, missing ? feature.fill : x);
    if (feature.hasMissingFlag) out[1] = missing ? 1.0f : 0.0f;
}

void writeCategory(const FeatureColumn& feature, const Source& source, std::int64_t row, float* out) {
    std::fill_n(out, feature.outputCount, 0.0f);
    const std::int32_t output = categoryOutput(source, row);
    if (output >= 0) out[output] = 1.0f;
}

void writeFloats(const FeatureColumn& feature, const Source& source, std::int64_t row, float* out) {
    if (source.view.isMissing(row)) std::fill_n(out, feature.outputCount, 0.0f);
    else prepareTensor(feature, source.view.element(row).data(), out);
}

void writeBytes(const FeatureColumn& feature, const Source& source, const std::uint8_t* bytes, float* out) {
    if (!bytes) {
        std::fill_n(out, feature.outputCount, 0.0f);
        return;
    }
    const auto channels = static_cast<std::int64_t>(feature.channelMean.size()), perChannel = feature.outputCount / channels;
    for (std::int64_t c = 0; c < channels; ++c) {
        const float* prepared = source.prepared.data() + c * 256;
        for (std::int64_t i = c * perChannel; i < (c + 1) * perChannel; ++i) out[i] = prepared[bytes[i]];
    }
}

/// What a feature's column holds that the network will not see as it is.
struct Oddities {
    std::int64_t count = 0, firstRow = 0;
    void add(std::int64_t row) {
        if (count++ == 0) firstRow = row;
    }
    void report(std::vector<Issue>& issues, Severity severity, Error what) const {
        if (count > 0) issues.push_back({severity, std::move(what).with("row", std::to_string(firstRow + 1)), count});
    }
};

bool hasOddElement(const FeatureColumn& feature, const std::byte* bytes) {
    for (std::int64_t i = 0; i < feature.outputCount; ++i) {
        if (!std::isfinite(storedElement(feature, bytes, i))) return true;
    }
    return false;
}

}  // namespace

/// Decodes the pictures of an Image column, each once as long as there is room for what comes out. Any number of threads.
class PictureCache {
public:
    PictureCache(const FeatureColumn& feature, const ColumnView& view, const PreparedData::Settings& settings)
        : m_feature(feature), m_view(view), m_reader(settings.pictureFolders), m_size(static_cast<std::size_t>(feature.outputCount)),
          m_slots(std::min(settings.pictureBudget / m_size, static_cast<std::size_t>(view.rows))),
          m_memory(new std::uint8_t[std::max<std::size_t>(m_slots * m_size, 1)]), m_slotOf(static_cast<std::size_t>(view.rows)) {
        for (auto& slot : m_slotOf) slot.store(unknown, std::memory_order_relaxed);
    }

    /// The row's bytes, in `kept` where there is no room for them here; nullptr where it has no picture that can be read.
    const std::uint8_t* get(std::int64_t row, Image& kept) {
        auto& slot = m_slotOf[static_cast<std::size_t>(row)];
        const std::int64_t known = slot.load(std::memory_order_acquire);
        if (known >= 0) return place(known);
        if (known == unreadable || m_view.isMissing(row)) return nullptr;
        auto image = pictureElements(m_feature, pictureValue(m_view, row), m_reader);
        if (!image) {
            slot.store(unreadable, std::memory_order_relaxed);
            note(row, image.takeError());
            return nullptr;
        }
        kept = std::move(*image);
        if (m_used.load(std::memory_order_relaxed) >= m_slots) return kept.pixels.data();
        const std::size_t free = m_used++;
        if (free >= m_slots) return kept.pixels.data();
        std::memcpy(place(static_cast<std::int64_t>(free)), kept.pixels.data(), m_size);
        slot.store(static_cast<std::int64_t>(free), std::memory_order_release);
        return place(static_cast<std::int64_t>(free));
    }

    std::size_t bytes() const { return m_slots * m_size + m_slotOf.size() * sizeof(m_slotOf[0]); }

    std::vector<Issue> issues() const {
        const std::lock_guard lock(m_mutex);
        std::vector<Issue> all;
        if (m_noted.empty()) return all;
        const std::string first = std::to_string(m_noted.begin()->first + 1);
        all.push_back({Severity::Warning, fail("preparation.unreadable_pictures", {{"column", m_feature.name}, {"row", first}}), std::ssize(m_noted)});
        for (const auto& [row, why] : m_noted) {
            if (all.size() > mostNamed) break;
            all.push_back({Severity::Warning, why, 1});
        }
        return all;
    }

    std::optional<Error> error(std::int64_t row) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_noted.find(row);
        return found == m_noted.end() ? std::optional<Error>() : found->second;
    }

private:
    static constexpr std::int64_t unknown = -1, unreadable = -2;
    static constexpr std::size_t mostNamed = 20;

    std::uint8_t* place(std::int64_t slot) const { return m_memory.get() + static_cast<std::size_t>(slot) * m_size; }

    /// Two threads may find the same row at once.
    void note(std::int64_t row, Error why) {
        const std::lock_guard lock(m_mutex);
        const std::string place = m_feature.name + " " + std::to_string(row + 1);
        m_noted.emplace(row, std::move(why).with("file", place).with("row", std::to_string(row + 1)));
    }

    const FeatureColumn& m_feature;
    const ColumnView m_view;
    const ImageReader m_reader;
    const std::size_t m_size, m_slots;
    const std::unique_ptr<std::uint8_t[]> m_memory;  ///< not touched, so not taken, before it is used
    std::vector<std::atomic<std::int64_t>> m_slotOf;
    std::atomic<std::size_t> m_used{0};
    mutable std::mutex m_mutex;
    std::map<std::int64_t, Error> m_noted;
};

/// Labels or standardised numbers of all rows.
struct TargetValues {
    std::vector<std::int32_t> labels;
    std::vector<float> numbers;
};

struct PreparedData::State {
    Table table;
    Preparation preparation;
    std::vector<Preparation> asking;  ///< the same with each target in front
    std::int64_t inputCount = 0;
    std::vector<Source> sources;
    std::vector<float> matrix;  ///< rows × inputCount, or empty: computed row by row
    std::vector<TargetValues> targets;
    std::array<std::vector<std::int64_t>, partCount> rows;
    std::vector<Issue> issues;

    bool isPicture() const {
        return sources.size() == 1 && preparation.features[0].kind == FeatureKind::Tensor && preparation.features[0].elementType == DType::UInt8 &&
               preparation.features[0].elementShape.size() == 3;
    }

    /// The row's bytes; nullptr where they are missing.
    const std::uint8_t* pictureBytes(std::size_t feature, std::int64_t row, Image& kept) const {
        const Source& source = sources[feature];
        if (source.pictures) return source.pictures->get(row, kept);
        return source.view.isMissing(row) ? nullptr : reinterpret_cast<const std::uint8_t*>(source.view.element(row).data());
    }

    Result<void> bind(const Settings& settings) {
        for (const auto& feature : preparation.features) {
            const auto column = table.find(feature.name);
            if (!column) return fail("preparation.no_column", {{"column", feature.name}});
            Source source;
            source.view = table.view(*column);
            const ColumnInfo& info = table.info(*column);
            switch (feature.kind) {
                case FeatureKind::Number: LAMINA_CHECK(bindNumber(feature, info, source)); break;
                case FeatureKind::Category: LAMINA_CHECK(bindCategory(feature, info, source)); break;
                case FeatureKind::Tensor: LAMINA_CHECK(bindTensor(feature, info, source)); break;
            }
            if (feature.kind == FeatureKind::Tensor && source.view.kind != ColumnKind::Tensor) source.pictures = std::make_unique<PictureCache>(feature, source.view, settings);
            sources.push_back(std::move(source));
        }
        inputCount = preparation.inputCount();
        return {};
    }

    void compute(std::int64_t row, float* out) const {
        for (std::size_t f = 0; f < sources.size(); ++f) {
            const FeatureColumn& feature = preparation.features[f];
            float* place = out + feature.outputOffset;
            switch (feature.kind) {
                case FeatureKind::Number: writeNumber(feature, sources[f], row, place); break;
                case FeatureKind::Category: writeCategory(feature, sources[f], row, place); break;
                case FeatureKind::Tensor: {
                    Image kept;
                    if (feature.elementType == DType::UInt8) writeBytes(feature, sources[f], pictureBytes(f, row, kept), place);
                    else writeFloats(feature, sources[f], row, place);
                    break;
                }
            }
        }
    }

    /// Images stay bytes: a quarter of the memory, and shared with the file's pages.
    Result<void> fillMatrix(std::size_t budget, const CancelToken& cancel) {
        const double bytes = static_cast<double>(table.rows()) * static_cast<double>(inputCount) * sizeof(float);
        const auto isTensor = [](const FeatureColumn& feature) { return feature.kind == FeatureKind::Tensor; };
        if (std::any_of(preparation.features.begin(), preparation.features.end(), isTensor) || bytes > static_cast<double>(budget)) return {};
        matrix.resize(static_cast<std::size_t>(table.rows() * inputCount));
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            if ((row & 4095) == 0 && cancel.cancelled()) return fail("job.cancelled");
            compute(row, matrix.data() + row * inputCount);
        }
        return {};
    }

    Result<void> readTargets() {
        targets.resize(1 + preparation.moreTargets.size());
        for (std::size_t i = 0; i < targets.size(); ++i) LAMINA_CHECK(readTarget(preparation.targetAt(i), targets[i]));
        return {};
    }

    /// An error where the column cannot be the target of this preparation.
    Result<void> readTarget(const TargetColumn& target, TargetValues& values) {
        const auto column = table.find(target.name);
        if (!column) return fail("preparation.no_target_column", {{"column", target.name}});
        if (target.classes) return readLabels(*column, target, values.labels);
        const ColumnView view = table.view(*column);
        if (view.kind != ColumnKind::Number && view.kind != ColumnKind::Integer) {
            return fail("preparation.target_kind", {{"column", target.name}, {"kind", columnKindName(view.kind)}, {"task", "regression"}});
        }
        values.numbers.resize(static_cast<std::size_t>(view.rows));
        for (std::int64_t row = 0; row < view.rows; ++row) {
            const auto y = static_cast<float>((view.number(row) - target.mean) / target.deviation);
            values.numbers[static_cast<std::size_t>(row)] = std::isfinite(y) ? y : std::nanf("");
        }
        return {};
    }

    Result<void> readLabels(std::size_t column, const TargetColumn& target, std::vector<std::int32_t>& labels) {
        LAMINA_TRY(const ClassColumn classes, ClassColumn::create(table, column));
        std::vector<std::int32_t> labelOf;
        for (const auto& name : classes.names()) labelOf.push_back(Preparation::label(target, name));
        Oddities unknown;
        labels.resize(static_cast<std::size_t>(table.rows()));
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            const std::int32_t index = classes.at(row);
            const std::int32_t label = index < 0 ? -1 : labelOf[static_cast<std::size_t>(index)];
            labels[static_cast<std::size_t>(row)] = label;
            if (index >= 0 && label < 0) unknown.add(row);
        }
        unknown.report(issues, Severity::Warning, fail("preparation.unknown_class", {{"column", target.name}}));
        return {};
    }

    bool hasTargets(std::int64_t row) const {
        const auto i = static_cast<std::size_t>(row);
        return std::all_of(targets.begin(), targets.end(), [i](const TargetValues& t) { return t.labels.empty() ? std::isfinite(t.numbers[i]) : t.labels[i] >= 0; });
    }

    void sortRows(const Split& split) {
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            const Part part = hasTargets(row) ? split.part(row) : Part::Unused;
            rows[static_cast<std::size_t>(part)].push_back(row);
        }
    }

    /// Rows that nobody looks at are not told of.
    Result<void> inspect(const CancelToken& cancel) {
        const auto& unused = rows[static_cast<std::size_t>(Part::Unused)];
        for (std::size_t f = 0; f < sources.size(); ++f) {
            const FeatureColumn& feature = preparation.features[f];
            const ColumnView& view = sources[f].view;
            const bool bytes = feature.kind == FeatureKind::Tensor && feature.elementType == DType::UInt8;
            if (bytes && view.missingBits.empty()) continue;
            Oddities filled, unknown, odd;
            auto next = unused.begin();
            for (std::int64_t row = 0; row < table.rows(); ++row) {
                if ((row & 255) == 0 && cancel.cancelled()) return fail("job.cancelled");
                if (next != unused.end() && *next == row) {
                    ++next;
                    continue;
                }
                if (view.isMissing(row)) {
                    if (feature.kind != FeatureKind::Category && !feature.hasMissingFlag) filled.add(row);
                } else if (feature.kind == FeatureKind::Category) {
                    if (categoryOutput(sources[f], row) < 0) unknown.add(row);
                } else if (feature.kind == FeatureKind::Number ? numberIsMissing(feature, view.number(row))
                                                               : !bytes && hasOddElement(feature, view.element(row).data())) {
                    odd.add(row);
                }
            }
            filled.report(issues, Severity::Note, fail("preparation.filled", {{"column", feature.name}}));
            unknown.report(issues, Severity::Warning, fail("preparation.unknown_category", {{"column", feature.name}}));
            odd.report(issues, Severity::Warning, fail("preparation.not_finite", {{"column", feature.name}}));
        }
        return {};
    }
};

PreparedData::PreparedData(std::shared_ptr<State> state, std::size_t target) : m_state(std::move(state)), m_target(target) {
    if (!m_state->asking.empty()) return;
    for (std::size_t i = 0; i <= m_state->preparation.moreTargets.size(); ++i) m_state->asking.push_back(m_state->preparation.asking(i));
}
PreparedData::PreparedData(PreparedData&&) noexcept = default;
PreparedData& PreparedData::operator=(PreparedData&&) noexcept = default;
PreparedData::~PreparedData() = default;

Result<PreparedData> PreparedData::create(const Table& table, const Preparation& preparation, const Split& split, const Settings& settings,
                                          const CancelToken& cancel) try {
    if (split.parts.size() != static_cast<std::size_t>(table.rows())) return fail("preparation.rows", {{"rows", std::to_string(table.rows())}});
    auto state = std::make_shared<State>();
    state->table = table;
    state->preparation = preparation;
    LAMINA_CHECK(state->bind(settings));
    LAMINA_CHECK(state->readTargets());
    state->sortRows(split);
    LAMINA_CHECK(state->inspect(cancel));
    LAMINA_CHECK(state->fillMatrix(settings.matrixBudget, cancel));
    return PreparedData(std::move(state));
} catch (const std::bad_alloc&) {
    return fail("preparation.memory", {{"rows", std::to_string(table.rows())}});
}

Result<PreparedData> PreparedData::createForPrediction(const Table& table, const Preparation& preparation, const Settings& settings,
                                                       const CancelToken& cancel) try {
    auto state = std::make_shared<State>();
    state->table = table;
    state->preparation = preparation;
    LAMINA_CHECK(state->bind(settings));
    // A table without answers, or with answers of another kind, can be predicted all the same.
    state->targets.resize(1 + preparation.moreTargets.size());
    for (std::size_t i = 0; i < state->targets.size(); ++i)
        if (!state->readTarget(preparation.targetAt(i), state->targets[i])) state->targets[i] = {};
    LAMINA_CHECK(state->inspect(cancel));
    LAMINA_CHECK(state->fillMatrix(settings.matrixBudget, cancel));
    auto& rows = state->rows[static_cast<std::size_t>(Part::Test)];
    for (std::int64_t row = 0; row < table.rows(); ++row) rows.push_back(row);
    return PreparedData(std::move(state));
} catch (const std::bad_alloc&) {
    return fail("preparation.memory", {{"rows", std::to_string(table.rows())}});
}

PreparedData PreparedData::asking(std::size_t target) const { return PreparedData(m_state, stored(target)); }

/// Where the target of this place lies: the one in front, then the others in their order.
std::size_t PreparedData::stored(std::size_t place) const { return place == 0 ? m_target : place <= m_target ? place - 1 : place; }

const Preparation& PreparedData::preparation() const { return m_state->asking[m_target]; }
std::int64_t PreparedData::inputCount() const { return m_state->inputCount; }
std::int64_t PreparedData::rowCount() const { return m_state->table.rows(); }
std::span<const std::int64_t> PreparedData::rows(Part part) const { return m_state->rows[static_cast<std::size_t>(part)]; }
const std::vector<Issue>& PreparedData::issues() const { return m_state->issues; }

void PreparedData::writeInput(std::int64_t row, float* out) const {
    const State& s = *m_state;
    if (s.matrix.empty()) return s.compute(row, out);
    std::memcpy(out, s.matrix.data() + row * s.inputCount, static_cast<std::size_t>(s.inputCount) * sizeof(float));
}

void PreparedData::expect(std::int64_t row) const {
    constexpr std::int64_t lineFloats = 16, mostFloats = 8 * lineFloats;  // further on the machine follows by itself
    const State& s = *m_state;
    if (s.matrix.empty()) return;
    const float* const input = s.matrix.data() + row * s.inputCount;
    for (std::int64_t i = 0; i < std::min(s.inputCount, mostFloats); i += lineFloats) __builtin_prefetch(input + i);
    for (const auto& target : s.targets) {
        if (!target.labels.empty()) __builtin_prefetch(&target.labels[static_cast<std::size_t>(row)]);
        if (!target.numbers.empty()) __builtin_prefetch(&target.numbers[static_cast<std::size_t>(row)]);
    }
}

bool PreparedData::isPicture() const { return m_state->isPicture(); }

bool PreparedData::decodesPictures() const {
    return std::any_of(m_state->sources.begin(), m_state->sources.end(), [](const Source& source) { return source.pictures != nullptr; });
}

void PreparedData::writePicture(std::int64_t row, float* out, std::size_t place) const {
    const FeatureColumn& feature = m_state->preparation.features[place];
    Image kept;
    if (const std::uint8_t* const bytes = m_state->pictureBytes(place, row, kept)) {
        std::copy_n(bytes, feature.outputCount, out);
        return;
    }
    const auto channels = static_cast<std::int64_t>(feature.channelMean.size()), perChannel = feature.outputCount / channels;
    for (std::int64_t c = 0; c < channels; ++c)
        std::fill_n(out + c * perChannel, perChannel, static_cast<float>(feature.channelMean[static_cast<std::size_t>(c)] * feature.divisor));
}

void PreparedData::scalePicture(float* elements, std::size_t place) const {
    const FeatureColumn& feature = m_state->preparation.features[place];
    const auto channels = static_cast<std::int64_t>(feature.channelMean.size()), perChannel = feature.outputCount / channels;
    for (std::int64_t c = 0; c < channels; ++c) {
        const auto i = static_cast<std::size_t>(c);
        const auto factor = static_cast<float>(1.0 / (feature.divisor * feature.channelDeviation[i]));
        const auto shift = static_cast<float>(-feature.channelMean[i] / feature.channelDeviation[i]);
        for (float *x = elements + c * perChannel, *end = x + perChannel; x != end; ++x) *x = *x * factor + shift;
    }
}

std::vector<Issue> PreparedData::pictureIssues() const {
    std::vector<Issue> all;
    for (const Source& source : m_state->sources) {
        if (!source.pictures) continue;
        const auto issues = source.pictures->issues();
        all.insert(all.end(), issues.begin(), issues.end());
    }
    return all;
}

std::optional<Error> PreparedData::pictureError(std::int64_t row) const {
    for (const Source& source : m_state->sources)
        if (source.pictures)
            if (auto why = source.pictures->error(row)) return why;
    return {};
}

std::int32_t PreparedData::label(std::int64_t row, std::size_t place) const {
    const auto& labels = m_state->targets[stored(place)].labels;
    return labels.empty() ? -1 : labels[static_cast<std::size_t>(row)];
}

float PreparedData::target(std::int64_t row, std::size_t place) const {
    const auto& numbers = m_state->targets[stored(place)].numbers;
    return numbers.empty() ? std::nanf("") : numbers[static_cast<std::size_t>(row)];
}

std::size_t PreparedData::bytes() const {
    std::size_t bytes = m_state->matrix.size() * sizeof(float);
    for (const auto& target : m_state->targets) bytes += target.labels.size() * sizeof(std::int32_t) + target.numbers.size() * sizeof(float);
    for (const auto& source : m_state->sources) bytes += source.pictures ? source.pictures->bytes() : 0;
    for (const auto& rows : m_state->rows) bytes += rows.size() * sizeof(std::int64_t);
    return bytes;
}

}  // namespace lamina
