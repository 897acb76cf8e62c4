// A training's augmentations, one after the other, as its plan says them.
#pragma once

#include <string>
#include <vector>

#include "core/data/augmentations/augmentation.h"
#include "core/data/augmentations/augmentation_step.h"
#include "core/data/image.h"
#include "core/data/prepared_data.h"

namespace lamina {

/// Which item is changed: how often, and where in the training. All random numbers are a function of these.
struct AugmentedItem {
    std::uint64_t seed = 1;
    std::int64_t epoch = 0, row = 0;
    std::int64_t occurrence = 0;  ///< of the row within the epoch, from 0
};

/// What was done to a picture, for whatever was drawn on it. Boxes, polygons and masks go through `map` (plane_map.h). After a mixture `other` is the row of
/// the second picture, whose own geometry is `otherMap`; what lies under `pasted` is the other's, elsewhere (or everywhere, where that is empty) they share.
struct AugmentedGeometry {
    PlaneMap map;
    std::int64_t other = -1;
    PlaneMap otherMap;
    PlaneBox pasted;
    double ownShare = 1;
};

/// Memory of one thread, reused.
struct AugmentationScratch {
    std::vector<float> other, kept;
};

/// Checked settings. Immutable; any number of threads.
class Augmenter {
public:
    /// Nothing is changed.
    Augmenter() = default;
    /// Where pictures stand beside other columns both are changed, all pictures of a row by the same random numbers; mixing rows is refused there.
    /// "augmentation.unknown" {augmentation, known}, "augmentation.not_for_data" {augmentation}, "augmentation.probability" {augmentation}, "property.…".
    static Result<Augmenter> create(const std::vector<AugmentationStep>& steps, const Preparation& preparation);

    bool empty() const { return m_steps.empty(); }
    /// The row's inputCount() floats as the network reads them, changed; like PreparedData::writeInput. `partners`: rows to mix with.
    AugmentedGeometry writeInput(const PreparedData& data, const AugmentedItem& item, std::span<const std::int64_t> partners, AugmentationScratch& scratch,
                                 float* out) const;
    /// The same of a picture before it is scaled (PreparedData::isPicture(), and where there is no step).
    AugmentedGeometry writePicture(const PreparedData& data, const AugmentedItem& item, std::span<const std::int64_t> partners, AugmentationScratch& scratch,
                                   float* out) const;
    /// Does the answer to a mixture come from the other picture? As often as its share says: the mean of the losses is then that of the mixed answer.
    static bool takesOtherAnswer(const AugmentedItem& item, const AugmentedGeometry& geometry);

private:
    struct Step {
        const AugmentationType* type = nullptr;
        std::any settings;
        double probability = 1;
    };
    struct Canvas;
    void change(Canvas& canvas, std::size_t first, std::size_t last) const;
    void changeBy(Canvas& canvas, const AugmentationType& type, const std::any& settings, RandomDraw& draw) const;
    void mix(Canvas& canvas, std::size_t step, RandomDraw& draw) const;
    void writeTensor(const PreparedData& data, const AugmentedItem& item, float* out) const;
    void changePictures(const PreparedData& data, const AugmentedItem& item, AugmentationScratch& scratch, float* out) const;

    std::vector<Step> m_steps;
    /// Pictures of bytes in a row, for which there are steps.
    struct Picture {
        std::size_t feature = 0;
        std::int64_t offset = 0;
        PlaneSize size;
    };
    std::vector<Picture> m_pictures;
    bool m_besideOthers = false;
    std::int64_t m_seriesSteps = 0, m_features = 1;
    std::vector<std::uint8_t> m_isNumber;  ///< of tables
};

/// `count` versions of a row's picture, as the epochs 0, 1, … would show it: for a gallery. "augmentation.no_picture" where the data are no pictures.
Result<std::vector<Image>> augmentedVersions(const PreparedData& data, const Augmenter& augmenter, std::int64_t row, std::int64_t count, std::uint64_t seed = 1);

/// What a person types: "flip,rotate=15,crop:smallest=0.5:shape=1.2,noise@0.3": kinds with commas between, behind "=" the first property, behind ":" named ones,
/// behind "@" the probability. "augmentation.unknown", "augmentation.probability", "property.…".
Result<std::vector<AugmentationStep>> augmentationsFromText(std::string_view text);

}  // namespace lamina
