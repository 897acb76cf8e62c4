// The contract of an augmentation: a random change of a training item after which it still shows the same. One file in core/data/augmentations, one line in
// augmentations.cmake. Which numbers it draws is a function of (seed, epoch, row, occurrence) alone.
//
//     const AugmentationType& flip_augmentation() {
//         static const AugmentationType type = AugmentationDescriptor<FlipSettings, drawFlip>{
//             .id = "flip", .title = "Flip", .summary = "…", .properties = {…}, .samples = {…}};
//         return type;
//     }
//
// The function is of one of these forms:
//     PlaneMap drawFlip(const FlipSettings&, const PlaneSize&, RandomDraw&);            where the picture's points come to lie; boxes and polygons follow
//     void paintNoise(const NoiseSettings&, const Pixels&, RandomDraw&);                other values, the same places
//     Mixture mixCutmix(const CutmixSettings&, const Pixels& own, const Pixels& other, RandomDraw&);  with a second picture of the training rows
//     std::vector<DrawnAugmentation> drawSome(const RandAugmentSettings&, RandomDraw&);  several others
//     void shakeRow(const TableNoiseSettings&, const TableValues&, RandomDraw&);        a table's row
//     void shakeSeries(const JitterSettings&, const SeriesValues&, RandomDraw&);        a series
//     void dropWords(const WordDropoutSettings&, const WordNumbers&, RandomDraw&);      a text as the numbers of its words
#pragma once

#include <any>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/property.h"
#include "core/data/augmentations/plane_map.h"
#include "core/tensor/random.h"

namespace lamina {

/// Random numbers of one change, one after the other.
class RandomDraw {
public:
    RandomDraw(const RandomStream& stream, std::uint64_t first) : m_stream(stream), m_next(first) {}
    /// In [0, 1).
    double uniform() { return m_stream.uniform(m_next++); }
    double between(double least, double most) { return least + (most - least) * uniform(); }
    bool chance(double probability) { return uniform() < probability; }
    double normal() { return m_stream.normal(m_next++); }
    /// In 0 … n-1.
    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(m_stream.below(m_next++, static_cast<std::uint64_t>(n))); }

private:
    RandomStream m_stream;
    std::uint64_t m_next;
};

/// A picture to be changed in place: planes of 0 … 255.
struct Pixels {
    PlaneSize size;
    std::span<float> values;
    float* plane(std::int64_t channel) const { return values.data() + channel * size.height * size.width; }
};

/// A table's row as the network reads it; what is a number (and no category, no flag) may be changed.
struct TableValues {
    std::span<float> values;
    std::span<const std::uint8_t> isNumber;
};

/// steps × features values as the network reads them, step after step.
struct SeriesValues {
    std::int64_t steps = 0, features = 1;
    std::span<float> values;
};

/// The numbers of a text's words (core/data/cleaning/steps/text_sequence.cpp): 0 is no word, 1 an unknown one.
struct WordNumbers {
    std::span<float> values;
};

/// How much of the own picture is left, and where the other one lies in full (empty where they shine through each other).
struct Mixture {
    double ownShare = 1;
    PlaneBox pasted;
};

/// What a kind changes. Mixed is no kind's: data whose pictures stand beside other columns, which kinds for pictures and for tables change.
enum class AugmentedData : std::uint8_t { Picture, Table, Series, Words, Mixed };

struct AugmentationType;
struct DrawnAugmentation {
    const AugmentationType* type = nullptr;
    std::any settings;
};

/// Erased form. One of the functions is set.
struct AugmentationType {
    std::string id;                     ///< persisted: "flip"
    std::string title;                  ///< English; other languages in app/messages as "augmentation.flip.title"
    std::string summary;                ///< one sentence
    AugmentedData data = AugmentedData::Picture;
    std::vector<Property> properties;
    std::any defaults;
    std::vector<std::any> samples;      ///< settings under which the tests try it
    PlaneMap (*map)(const std::any&, const PlaneSize&, RandomDraw&) = nullptr;
    void (*paint)(const std::any&, const Pixels&, RandomDraw&) = nullptr;
    Mixture (*mix)(const std::any&, const Pixels&, const Pixels&, RandomDraw&) = nullptr;
    std::vector<DrawnAugmentation> (*several)(const std::any&, RandomDraw&) = nullptr;
    void (*row)(const std::any&, const TableValues&, RandomDraw&) = nullptr;
    void (*series)(const std::any&, const SeriesValues&, RandomDraw&) = nullptr;
    void (*words)(const std::any&, const WordNumbers&, RandomDraw&) = nullptr;
};

/// What an augmentation's file fills in, typed by its own settings struct.
template <class Settings, auto Function>
struct AugmentationDescriptor {
    const char* id;
    const char* title;
    const char* summary;
    std::vector<Property> properties = {};
    std::vector<Settings> samples = {};

    operator AugmentationType() const {
        AugmentationType type{id, title, summary, AugmentedData::Picture, properties, std::any(Settings{}), std::vector<std::any>(samples.begin(), samples.end())};
        using F = decltype(Function);
        if constexpr (std::is_invocable_v<F, const Settings&, const PlaneSize&, RandomDraw&>)
            type.map = [](const std::any& s, const PlaneSize& size, RandomDraw& draw) { return Function(std::any_cast<const Settings&>(s), size, draw); };
        else if constexpr (std::is_invocable_v<F, const Settings&, const Pixels&, RandomDraw&>)
            type.paint = [](const std::any& s, const Pixels& pixels, RandomDraw& draw) { Function(std::any_cast<const Settings&>(s), pixels, draw); };
        else if constexpr (std::is_invocable_v<F, const Settings&, const Pixels&, const Pixels&, RandomDraw&>)
            type.mix = [](const std::any& s, const Pixels& own, const Pixels& other, RandomDraw& draw) {
                return Function(std::any_cast<const Settings&>(s), own, other, draw);
            };
        else if constexpr (std::is_invocable_v<F, const Settings&, const TableValues&, RandomDraw&>) {
            type.data = AugmentedData::Table;
            type.row = [](const std::any& s, const TableValues& row, RandomDraw& draw) { Function(std::any_cast<const Settings&>(s), row, draw); };
        } else if constexpr (std::is_invocable_v<F, const Settings&, const SeriesValues&, RandomDraw&>) {
            type.data = AugmentedData::Series;
            type.series = [](const std::any& s, const SeriesValues& series, RandomDraw& draw) { Function(std::any_cast<const Settings&>(s), series, draw); };
        } else if constexpr (std::is_invocable_v<F, const Settings&, const WordNumbers&, RandomDraw&>) {
            type.data = AugmentedData::Words;
            type.words = [](const std::any& s, const WordNumbers& words, RandomDraw& draw) { Function(std::any_cast<const Settings&>(s), words, draw); };
        } else {
            type.several = [](const std::any& s, RandomDraw& draw) { return Function(std::any_cast<const Settings&>(s), draw); };
        }
        return type;
    }
};

/// All of augmentations.cmake, in its order.
const std::vector<const AugmentationType*>& augmentationCatalogue();
/// nullptr where there is none.
const AugmentationType* findAugmentation(const std::string& id);

}  // namespace lamina
