// The files of app/messages/texts as they were when the program was built.
#pragma once

#include <vector>

namespace lamina {

struct EmbeddedText {
    const char* area;  ///< "csv" for csv.json
    const char* json;  ///< {"csv.ragged_row": {"en": "…", "zh": "…"}, …}
};
const std::vector<EmbeddedText>& embeddedTexts();

}  // namespace lamina
