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
    /// Every node follows the one before it, or the nodes it names in "inputs" (their "name" here, which is not kept).
    /// "$input", "$outputs", "$vocabulary" and "$head" are the blanks; "onlyForImages" and "onlyForRows" leave a node out for items of one axis or of several.
    nlohmann::json nodes;
};

/// What fills the blanks.
struct TemplateBlanks {
    std::vector<std::int64_t> inputShape;  ///< without batch
    std::int64_t outputs = 1;              ///< classes, or numbers
    std::string head;                      ///< the task's last layer; empty: none
    std::int64_t vocabulary = 10000;       ///< how many different whole numbers a column of word numbers holds
};

/// All files of resources/templates, by id.
const std::vector<NetworkTemplate>& templateCatalogue();
/// nullptr where there is none.
const NetworkTemplate* findTemplate(const std::string& id);
Network networkFromTemplate(const NetworkTemplate& from, const TemplateBlanks& blanks);

}  // namespace lamina
