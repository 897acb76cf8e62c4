// A column's profile as the head of a table shows it.
#pragma once

#include "core/data/profile/profile.h"
#include "widgets/tables/row_source.h"

namespace lamina {

/// In the language in use. GUI thread.
ColumnSketch sketchOf(const ProfiledColumn& column);

}  // namespace lamina
