#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/data/class_column.h"
#include "core/data/image_feature.h"
#include "core/data/input_columns.h"
#include "core/data/moments.h"
#include "core/data/preparation.h"
#include "core/data/prepare_tensor.h"
#include "core/data/table.h"

namespace lamina {

namespace {

/// Larger numbers would overflow when squared, and no measurement has them.
constexpr double largestNumber = 1e100;
/// Below this many rows a column of all different values need not be an identifier.
constexpr std::int64_t rowsOfIdentifier = 20;
constexpr std::size_t picturesLookedAt = 64, headsLookedAt = 8;
/// Pictures that are all smaller keep their size.
constexpr std::int64_t usualPictureSize = 64;

bool isUsable(double x) { return std::isfinite(x) && std::abs(x) <= largestNumber; }

bool contains(const std::vector<std::string>& list, const std::string& name) { return std::find(list.begin(), list.end(), name) != list.end(); }

/// How often something was seen, and in which row first.
struct Sightings {
    std::int64_t count = 0, firstRow = 0;
    void add(std::int64_t row) {
        if (count++ == 0) firstRow = row;
    }
    std::string rowText() const { return std::to_string(firstRow + 1); }
};

/// Fits one preparation: the table, the training rows, and what is noted on the way.
class Fit {
public:
    Fit(const Table& table, const Split& split, const PreparationSettings& settings, const CancelToken& cancel, const ProgressFunction& progress)
        : m_table(table), m_split(split), m_settings(settings), m_cancel(cancel), m_progress(progress) {}

    Result<Preparation> run() {
        if (m_split.parts.size() != static_cast<std::size_t>(m_table.rows())) return fail("preparation.rows", {{"rows", std::to_string(m_table.rows())}});
        if (std::find(m_split.parts.begin(), m_split.parts.end(), std::uint8_t{0}) == m_split.parts.end()) return fail("preparation.no_training_rows");
        LAMINA_TRY(m_result.target, fitTarget(m_settings.target, m_settings.task));
        m_result.task = m_result.target.classes ? "classification" : "regression";
        for (const TargetWish& wish : m_settings.moreTargets) {
            LAMINA_TRY(auto target, fitTarget(wish.column, wish.task));
            m_result.moreTargets.push_back(std::move(target));
        }
        LAMINA_TRY(const auto columns, candidates());
        LAMINA_TRY(const auto takers, divide(columns));
        LAMINA_CHECK(fitColumns(columns, takers));
        if (m_result.features.empty()) return fail("preparation.no_features", {{"target", m_settings.target}});
        if (!m_settings.anyMixture) LAMINA_CHECK(arrangeInputs(m_result, m_settings.inputs, m_takers));
        return std::move(m_result);
    }

private:
    template <class Visit>
    Result<void> eachTrainingRow(Visit visit) const {
        for (std::int64_t row = 0; row < m_table.rows(); ++row) {
            if ((row & 255) == 0 && m_cancel.cancelled()) return fail("job.cancelled");
            if (m_split.part(row) == Part::Training) visit(row);
        }
        return {};
    }

    void note(Severity severity, Error what, std::int64_t count = 1) { m_result.issues.push_back({severity, std::move(what), count}); }

    bool isTarget(const std::string& name) const {
        return name == m_settings.target ||
               std::any_of(m_settings.moreTargets.begin(), m_settings.moreTargets.end(), [&](const TargetWish& wish) { return wish.column == name; });
    }

    /// What stands in the way of a column that an input names.
    Result<void> checkNamedColumns() const {
        for (const InputWish& wish : m_settings.inputs)
            for (const std::string& name : wish.columns) {
                const auto found = m_table.find(name);
                if (!found) continue;  // divideColumns() says which there are
                if (isTarget(name)) return fail("inputs.column_is_target", {{"layer", wish.layer}, {"column", name}});
                if (m_table.info(*found).role == "ignore" || contains(m_settings.ignored, name))
                    return fail("inputs.column_ignored", {{"layer", wish.layer}, {"column", name}});
            }
        return {};
    }

    /// For each column the place of the input that takes it; none where there is but one, which takes all.
    Result<std::vector<int>> divide(const std::vector<std::size_t>& columns) const {
        const auto& wishes = m_settings.inputs;
        if (wishes.empty() || (wishes.size() == 1 && wishes[0].columns.empty())) return std::vector<int>();
        LAMINA_CHECK(checkNamedColumns());
        std::vector<OfferedColumn> offered;
        for (const std::size_t column : columns) {
            const ColumnInfo& info = m_table.info(column);
            const ColumnKind kind = m_table.view(column).kind;
            const ColumnForm form = kind == ColumnKind::Image ? ColumnForm::Picture : kind == ColumnKind::Tensor ? ColumnForm::Array : ColumnForm::Single;
            offered.push_back({info.name, form, info.elementShape, 1, false});
        }
        return divideColumns(offered, wishes);
    }

    Result<void> fitColumns(const std::vector<std::size_t>& columns, const std::vector<int>& takers) {
        std::string unused;
        std::int64_t unusedCount = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (!takers.empty() && takers[i] < 0) {
                unused += (unusedCount++ == 0 ? "" : ", ") + m_table.info(columns[i]).name;
                continue;
            }
            m_wish = takers.empty() ? nullptr : &m_settings.inputs[static_cast<std::size_t>(takers[i])];
            LAMINA_CHECK(fitColumn(columns[i]));
            if (!takers.empty()) m_takers.resize(m_result.features.size(), takers[i]);
        }
        if (unusedCount > 0) note(Severity::Note, fail("inputs.columns_unused", {{"columns", unused}}), unusedCount);
        return {};
    }

    Result<std::vector<std::size_t>> candidates() const {
        std::vector<std::size_t> columns;
        if (m_settings.features.empty()) {
            for (std::size_t column = 0; column < m_table.columnCount(); ++column) {
                const ColumnInfo& info = m_table.info(column);
                if (!isTarget(info.name) && info.role != "ignore" && !contains(m_settings.ignored, info.name)) columns.push_back(column);
            }
        }
        for (const auto& name : m_settings.features) {
            const auto found = m_table.find(name);
            if (!found) return fail("preparation.no_column", {{"column", name}});
            if (!isTarget(name) && !contains(m_settings.ignored, name)) columns.push_back(*found);
        }
        return columns;
    }

    Result<void> fitColumn(std::size_t column) {
        const ColumnView view = m_table.view(column);
        const ColumnInfo& info = m_table.info(column);
        FeatureColumn feature;
        feature.name = info.name;
        if (namesPictures(view.kind, info.name)) return fitPictures(view, std::move(feature));
        switch (view.kind) {
            case ColumnKind::Number:
            case ColumnKind::Integer:
            case ColumnKind::Boolean: return fitNumber(view, std::move(feature));
            case ColumnKind::Category: return fitCategory(view, std::move(feature));
            case ColumnKind::Text: return fitText(view, std::move(feature));
            case ColumnKind::Image: return fitPictures(view, std::move(feature));
            case ColumnKind::Time:
                note(Severity::Note, fail("preparation.column_kind_left_out", {{"column", info.name}, {"kind", columnKindName(view.kind)}}), 1);
                return {};
            case ColumnKind::Tensor: break;
        }
        feature.kind = FeatureKind::Tensor;
        feature.elementShape = info.elementShape;
        feature.elementType = view.elementType;
        feature.outputCount = elementCount(info.elementShape);
        return view.elementType == DType::UInt8 ? fitBytes(view, std::move(feature)) : fitFloats(view, std::move(feature));
    }

    /// Texts that are asked for where pictures come in are the names of their files.
    bool namesPictures(ColumnKind kind, const std::string& column) const {
        return m_wish && (kind == ColumnKind::Text || kind == ColumnKind::Category) && readsPictures(m_wish->shape) && contains(m_wish->columns, column);
    }

    Result<void> fitNumber(const ColumnView& view, FeatureColumn feature) {
        if (countsRows(view)) {
            note(Severity::Note, fail("preparation.identifier", {{"column", feature.name}}));
            return {};
        }
        SlicedMoments moments;
        Sightings missing, odd;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            const double x = view.number(row);
            if (isUsable(x)) return moments.add(x);
            missing.add(row);
            if (!std::isnan(x)) odd.add(row);
        }));
        const Moments total = moments.total();
        if (total.count == 0) return noteEmpty(feature.name);
        if (odd.count > 0) note(Severity::Warning, fail("preparation.not_finite", {{"column", feature.name}, {"row", odd.rowText()}}), odd.count);
        if (total.minimum == total.maximum) note(Severity::Note, fail("preparation.constant", {{"column", feature.name}}));
        feature.mean = feature.fill = total.mean;
        feature.deviation = total.deviation() > 0.0 ? total.deviation() : 1.0;
        feature.hasMissingFlag = missing.count > 0;
        feature.outputCount = feature.hasMissingFlag ? 2 : 1;
        m_result.features.push_back(std::move(feature));
        return {};
    }

    /// A whole number that rises by one from row to row is the row's number, not a measurement.
    static bool countsRows(const ColumnView& view) {
        if (view.kind != ColumnKind::Integer || view.rows < rowsOfIdentifier || !view.missingBits.empty()) return false;
        const auto breaks = [](std::int64_t a, std::int64_t b) { return a == std::numeric_limits<std::int64_t>::max() || b != a + 1; };
        return std::adjacent_find(view.integers.begin(), view.integers.end(), breaks) == view.integers.end();
    }

    Result<void> fitCategory(const ColumnView& view, FeatureColumn feature) {
        std::vector<std::int64_t> counts(view.dictionary.size());
        std::int64_t present = 0;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            const std::int32_t code = view.codes[static_cast<std::size_t>(row)];
            if (code < 0) return;
            ++counts[static_cast<std::size_t>(code)];
            ++present;
        }));
        for (std::size_t code = 0; code < counts.size(); ++code) {
            if (counts[code] > 0) feature.categories.push_back(view.dictionary[code]);
        }
        return addCategories(std::move(feature), present);
    }

    Result<void> fitText(const ColumnView& view, FeatureColumn feature) {
        std::set<std::string, std::less<>> distinct;
        std::int64_t present = 0;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            const std::string_view text = view.text(row);
            if (view.isMissing(row) || text.empty()) return;
            ++present;
            const bool full = static_cast<std::int64_t>(distinct.size()) > m_settings.maximumCategories;
            if (!full && !distinct.contains(text)) distinct.emplace(text);
        }));
        feature.categories.assign(distinct.begin(), distinct.end());
        return addCategories(std::move(feature), present);
    }

    Result<void> addCategories(FeatureColumn feature, std::int64_t present) {
        const auto distinct = static_cast<std::int64_t>(feature.categories.size());
        if (distinct == 0) return noteEmpty(feature.name);
        if (distinct == present && present >= rowsOfIdentifier) {
            note(Severity::Note, fail("preparation.identifier", {{"column", feature.name}}));
            return {};
        }
        if (distinct > m_settings.maximumCategories) {
            note(Severity::Warning, fail("preparation.many_categories", {{"column", feature.name}, {"limit", std::to_string(m_settings.maximumCategories)}}));
            return {};
        }
        if (distinct == 1) note(Severity::Note, fail("preparation.constant", {{"column", feature.name}}));
        feature.kind = FeatureKind::Category;
        feature.outputCount = distinct;
        m_result.features.push_back(std::move(feature));
        return {};
    }

    Result<void> noteEmpty(const std::string& column) {
        note(Severity::Warning, fail("preparation.empty_column", {{"column", column}}));
        return {};
    }

    static std::size_t channelsOf(const Shape& shape) { return shape.size() == 3 ? static_cast<std::size_t>(shape[0]) : 1; }

    /// Sums of bytes are exact in 64 bits, so that no slices are needed.
    Result<void> fitBytes(const ColumnView& view, FeatureColumn feature) {
        const std::size_t channels = channelsOf(feature.elementShape), perChannel = static_cast<std::size_t>(feature.outputCount) / channels;
        std::vector<std::uint64_t> sums(channels), squares(channels);
        Sightings missing;
        std::int64_t present = 0;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            if (view.isMissing(row)) return missing.add(row);
            ++present;
            const std::byte* pixel = view.element(row).data();
            for (std::size_t c = 0; c < channels; ++c) {
                std::uint64_t sum = 0, square = 0;
                for (const std::byte* end = pixel + perChannel; pixel != end; ++pixel) {
                    const auto x = std::to_integer<std::uint32_t>(*pixel);
                    sum += x;
                    square += x * x;
                }
                sums[c] += sum;
                squares[c] += square;
            }
        }));
        feature.divisor = 255.0;
        for (std::size_t c = 0; c < channels; ++c) {
            const double n = static_cast<double>(std::max<std::int64_t>(present, 1)) * static_cast<double>(perChannel);
            const double mean = static_cast<double>(sums[c]) / n;
            addChannel(feature, mean / 255.0, std::sqrt(std::max(0.0, static_cast<double>(squares[c]) / n - mean * mean)) / 255.0);
        }
        return addTensor(std::move(feature), present, missing, {});
    }

    /// The training rows whose pictures are decoded for the means, and what they look like.
    struct PictureSample {
        std::vector<std::int64_t> rows;
        std::int64_t missing = 0;
    };
    Result<PictureSample> samplePictures(const ColumnView& view) const {
        PictureSample sample;
        std::vector<std::int64_t> all;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            if (view.isMissing(row)) ++sample.missing;
            else all.push_back(row);
        }));
        const std::size_t count = std::min(all.size(), fittedPictures);
        for (std::size_t i = 0; i < count; ++i) sample.rows.push_back(all[i * all.size() / count]);
        return sample;
    }

    /// What of the form nobody chose, from some pictures of the sample.
    ImageForm pictureForm(const ColumnView& view, const std::vector<std::int64_t>& rows, const ImageReader& reader) const {
        ImageForm form = m_settings.pictures;
        if (m_wish && readsPictures(m_wish->shape)) form = {m_wish->shape[0], m_wish->shape[1], m_wish->shape[2], form.fit, form.values};
        if (form.height <= 0) form.height = form.width;
        if (form.width <= 0) form.width = form.height;
        const bool shapeChosen = form.height > 0 && form.channels > 0;
        if (shapeChosen && (form.values.given() || !anyDeepPicture(view, rows, reader))) return form;
        std::int64_t height = 0, width = 0;
        bool one = true;
        ChannelSurvey channels;
        ValueSurvey values;
        const std::size_t count = std::min<std::size_t>(rows.size(), picturesLookedAt);
        for (std::size_t i = 0; i < count; ++i) {
            SampleFacts facts;
            const auto image = reader.read(pictureValue(view, rows[i * rows.size() / count]), {}, &facts);
            if (!image) continue;
            one = one && (height == 0 || (image->height == height && image->width == width));
            height = image->height;
            width = image->width;
            channels.add(image->channels);
            values.add(facts);
        }
        const bool small = one && height > 0 && std::max(height, width) <= usualPictureSize;
        if (form.height <= 0) form.height = small ? height : usualPictureSize;
        if (form.width <= 0) form.width = small ? width : usualPictureSize;
        if (form.channels <= 0) form.channels = channels.usual();
        if (!form.values.given()) form.values = values.range();
        return form;
    }

    /// Looks at the heads of a few.
    static bool anyDeepPicture(const ColumnView& view, const std::vector<std::int64_t>& rows, const ImageReader& reader) {
        const std::size_t count = std::min<std::size_t>(rows.size(), headsLookedAt);
        for (std::size_t i = 0; i < count; ++i)
            if (const auto bytes = reader.bytes(pictureValue(view, rows[i * rows.size() / count])); bytes && isDeep(*bytes)) return true;
        return false;
    }

    /// Of the pictures, as their import found them, with those that the network reads.
    Result<void> compareChannels(const std::string& column, std::int64_t wanted) {
        const std::int64_t found = m_settings.pictures.channels;
        const bool bands = found != 1 && found != 3, wantsBands = wanted != 1 && wanted != 3;
        if (found <= 0 || found == wanted || (!bands && !wantsBands)) return {};
        Error what = fail(wantsBands ? "preparation.picture_channels" : "preparation.bands_left_out",
                          {{"column", column}, {"found", std::to_string(found)}, {"wanted", std::to_string(wanted)}});
        if (wantsBands) return what;
        note(Severity::Warning, std::move(what));
        return {};
    }

    Result<void> fitPictures(const ColumnView& view, FeatureColumn feature) {
        LAMINA_TRY(const auto sample, samplePictures(view));
        if (sample.rows.empty()) return noteEmpty(feature.name);
        const ImageReader reader(m_settings.pictureFolders);
        const ImageForm form = pictureForm(view, sample.rows, reader);
        LAMINA_CHECK(compareChannels(feature.name, form.channels));
        feature.kind = FeatureKind::Tensor;
        feature.picture = true;
        feature.fit = form.fit;
        feature.values = form.values;
        feature.elementShape = {form.channels, form.height, form.width};
        feature.elementType = DType::UInt8;
        feature.outputCount = elementCount(feature.elementShape);
        PictureMoments moments(feature, view, reader);
        LAMINA_CHECK(moments.run(sample.rows, m_settings.threads, m_cancel, m_progress));
        if (moments.present() == 0) return fail("preparation.no_readable_picture", {{"column", feature.name}, {"row", std::to_string(moments.firstUnreadable() + 1)}});
        feature.divisor = 255.0;
        for (std::size_t c = 0; c < static_cast<std::size_t>(form.channels); ++c) addChannel(feature, moments.mean(c) / 255.0, moments.deviation(c) / 255.0);
        if (sample.missing > 0) note(Severity::Warning, fail("preparation.missing_pictures", {{"column", feature.name}}), sample.missing);
        m_result.features.push_back(std::move(feature));
        return {};
    }

    Result<void> fitFloats(const ColumnView& view, FeatureColumn feature) {
        const std::size_t channels = channelsOf(feature.elementShape);
        const std::int64_t perChannel = feature.outputCount / static_cast<std::int64_t>(channels);
        std::vector<SlicedMoments> moments(channels);
        Sightings missing, odd;
        std::int64_t present = 0;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            if (view.isMissing(row)) return missing.add(row);
            ++present;
            for (std::int64_t i = 0; i < feature.outputCount; ++i) {
                const double x = storedElement(feature, view.element(row).data(), i);
                if (isUsable(x)) moments[static_cast<std::size_t>(i / perChannel)].add(x);
                else odd.add(row);
            }
        }));
        feature.wordNumbers = contains(m_settings.wordNumbers, feature.name);
        for (auto& channel : moments) {
            const Moments total = channel.total();
            feature.wordNumbers ? addChannel(feature, 0, 1) : addChannel(feature, total.mean, total.deviation());
        }
        return addTensor(std::move(feature), present, missing, odd);
    }

    static void addChannel(FeatureColumn& feature, double mean, double deviation) {
        feature.channelMean.push_back(mean);
        feature.channelDeviation.push_back(deviation > 0.0 ? deviation : 1.0);
    }

    Result<void> addTensor(FeatureColumn feature, std::int64_t present, const Sightings& missing, const Sightings& odd) {
        if (present == 0 || feature.outputCount == 0) return noteEmpty(feature.name);
        if (missing.count > 0) note(Severity::Warning, fail("preparation.missing_tensor", {{"column", feature.name}, {"row", missing.rowText()}}), missing.count);
        if (odd.count > 0) note(Severity::Warning, fail("preparation.not_finite", {{"column", feature.name}, {"row", odd.rowText()}}), odd.count);
        m_result.features.push_back(std::move(feature));
        return {};
    }

    Result<TargetColumn> fitTarget(const std::string& name, const std::string& task) {
        if (name.empty()) return fail("preparation.no_target_chosen");
        const auto found = m_table.find(name);
        if (!found) return fail("preparation.no_target_column", {{"column", name}});
        const ColumnKind kind = m_table.view(*found).kind;
        const auto wrongKind = [&] { return fail("preparation.target_kind", {{"column", name}, {"kind", columnKindName(kind)}, {"task", task}}); };
        if (kind == ColumnKind::Tensor || kind == ColumnKind::Image || kind == ColumnKind::Time) return wrongKind();
        const bool numbers = kind == ColumnKind::Number || kind == ColumnKind::Integer;
        TargetColumn target;
        target.name = name;
        if (task.empty()) target.classes = !numbers || readAsCodes(*found);
        else if (task == "classification" || task == "regression") target.classes = task == "classification";
        else return fail("preparation.task", {{"task", task}});
        if (!target.classes && !numbers) return wrongKind();
        LAMINA_CHECK(target.classes ? fitClasses(*found, target) : fitRegression(m_table.view(*found), target));
        return target;
    }

    bool readAsCodes(std::size_t column) {
        if (!looksLikeClassCodes(m_table, column)) return false;
        note(Severity::Note, fail("preparation.codes_are_classes", {{"column", m_table.info(column).name}}), 1);
        return true;
    }

    /// Classes that occur in any part but Unused: a class of the test rows alone has an index, though it cannot be learned.
    Result<void> fitClasses(std::size_t column, TargetColumn& target) {
        LAMINA_TRY(const ClassColumn classes, ClassColumn::create(m_table, column));
        std::vector<std::int64_t> trained(classes.names().size()), used(classes.names().size());
        for (std::int64_t row = 0; row < m_table.rows(); ++row) {
            const std::int32_t index = classes.at(row);
            if (index < 0 || m_split.part(row) == Part::Unused) continue;
            ++used[static_cast<std::size_t>(index)];
            if (m_split.part(row) == Part::Training) ++trained[static_cast<std::size_t>(index)];
        }
        for (std::size_t i = 0; i < used.size(); ++i) {
            if (used[i] == 0) continue;
            target.classNames.push_back(classes.names()[i]);
            if (trained[i] == 0) note(Severity::Warning, fail("preparation.untrained_class", {{"column", target.name}, {"class", classes.names()[i]}}), used[i]);
        }
        const auto trainedClasses = std::count_if(trained.begin(), trained.end(), [](std::int64_t n) { return n > 0; });
        if (trainedClasses < 2) return fail("preparation.one_class", {{"column", target.name}});
        return {};
    }

    /// A further target may be missing where the target is there: such rows are not used.
    Result<void> fitRegression(const ColumnView& view, TargetColumn& target) {
        SlicedMoments moments;
        Sightings odd;
        LAMINA_CHECK(eachTrainingRow([&](std::int64_t row) {
            const double y = view.number(row);
            if (isUsable(y)) moments.add(y);
            else odd.add(row);
        }));
        const bool main = target.name == m_settings.target;
        if (odd.count > 0 && main)
            return fail("preparation.target_not_finite", {{"column", target.name}, {"row", odd.rowText()}, {"count", std::to_string(odd.count)}});
        const Moments total = moments.total();
        if (total.count == 0) return fail("preparation.target_not_finite", {{"column", target.name}, {"row", odd.rowText()}, {"count", std::to_string(odd.count)}});
        if (odd.count > 0) note(Severity::Warning, fail("preparation.more_targets_missing", {{"column", target.name}, {"row", odd.rowText()}}), odd.count);
        if (total.minimum == total.maximum) note(Severity::Warning, fail("preparation.constant_target", {{"column", target.name}}));
        target.mean = total.mean;
        target.deviation = total.deviation() > 0.0 ? total.deviation() : 1.0;
        return {};
    }

    const Table& m_table;
    const Split& m_split;
    const PreparationSettings& m_settings;
    const CancelToken& m_cancel;
    const ProgressFunction& m_progress;
    Preparation m_result;
    const InputWish* m_wish = nullptr;  ///< of the input that takes the column at hand
    std::vector<int> m_takers;          ///< for each feature of m_result the place of the input that takes it
};

}  // namespace

Result<Preparation> fitPreparation(const Table& table, const Split& split, const PreparationSettings& settings, const CancelToken& cancel,
                                   const ProgressFunction& progress) {
    return Fit(table, split, settings, cancel, progress).run();
}

}  // namespace lamina
