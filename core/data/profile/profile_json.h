// Profiles as JSON, for the command line and other programs.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/data/profile/profile.h"

namespace lamina {

nlohmann::json toJson(const ProfiledColumn& column);
nlohmann::json toJson(const DatasetProfile& profile);

}  // namespace lamina
