// Templates: ready networks with blanks for the data at hand. Each is a file in resources/templates, built into the program.
#pragma once

#include <string>
#include <vector>

#include "core/network/network.h"

namespace lamina {

struct NetworkTemplate {
    std::string id;     ///< file name without .json: "cnn"
    std::string title;  ///< English; other languages: app/messages "template.cnn.title"
    std::string summary;
    std::string input;     ///< what it is made for: "image", "table", "any"
    nlohmann::json nodes;  ///< a chain; "$input", "$outputs" and "$head" are the blanks
};

/// What fills the blanks.
struct TemplateBlanks {
    std::vector<std::int64_t> inputShape;  ///< without batch
    std::int64_t outputs = 1;              ///< classes, or numbers
    std::string head;                      ///< the task's last layer; empty: none
};

/// All files of resources/templates, by id.
const std::vector<NetworkTemplate>& templateCatalogue();
/// nullptr where there is none.
const NetworkTemplate* findTemplate(const std::string& id);
Network networkFromTemplate(const NetworkTemplate& from, const TemplateBlanks& blanks);

}  // namespace lamina
