// What there is to remark about a split, in a line or two.
#pragma once

#include <QString>

#include <vector>

#include "core/base/result.h"

namespace lamina {

/// Classes of few rows are named together; at most a few sentences.
QString splitIssueWords(const std::vector<Issue>& issues);

}  // namespace lamina
