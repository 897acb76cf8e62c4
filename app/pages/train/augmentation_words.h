// Augmentations in words, and as rows of a form.
#pragma once

#include <QString>

#include <vector>

#include "core/data/augmentations/augmentation.h"
#include "core/data/augmentations/augmentation_step.h"
#include "widgets/properties/property_row.h"

namespace lamina {

QString augmentationTitle(const AugmentationType& type);
QString augmentationSummary(const AugmentationType& type);
/// "Flip, Rotate, Brightness"; "None" where there are none.
QString augmentationsText(const std::vector<AugmentationStep>& steps);
/// The same with the settings: a line for each.
QString augmentationsDetails(const std::vector<AugmentationStep>& steps);

/// How often, and the kind's own settings.
std::vector<PropertyRow> augmentationRows(const AugmentationStep& step);
void setAugmentationValue(AugmentationStep& step, const std::string& id, const PropertyValue& value);

}  // namespace lamina
