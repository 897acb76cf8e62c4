// What the network editor is told about layers and nodes, and what it tells about edits.
#pragma once

#include <QMetaType>
#include <QString>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace lamina {

/// A kind of layer, as the palette offers it. Texts in the language in use.
struct GraphLayer {
    std::string id;  ///< "conv2d"; its picture is themeIcon("layers/conv2d")
    QString title, summary;
    QString category;                                    ///< a word that people read
    int colour = 0;                                      ///< of its category: layerColour()
    int minimumInputs = 1, maximumInputs = 1;            ///< 0, 0: nothing can feed it
    nlohmann::json settings = nlohmann::json::object();  ///< of a new node
    QString words = {};                                  ///< what else people call it, with commas between: found by the palette's search
    bool often = false;                                  ///< stands in the palette's first group, too
};

/// What a node says about itself, beside its name. Plain text.
struct GraphNote {
    QString settings;  ///< "32 filters, 3 × 3"
    QString shape;     ///< "32 × 28 × 28"
    QString cost;      ///< "320 parameters"
    QString problem;   ///< a sentence; empty: all is well
    QString fix;       ///< text of the button that mends it; empty: none

    bool operator==(const GraphNote&) const = default;
};
using GraphNotes = std::map<std::string, GraphNote>;  ///< by node id

/// One edit of a person: the whole network afterwards and what it was, in a form that can be named in every language.
struct NetworkEdit {
    enum class Kind { Add, Insert, Remove, Connect, Disconnect, Move, Paste, Duplicate, Arrange };
    Kind kind = Kind::Add;
    Network network;
    std::string subject;  ///< name of the node (the first of several); of links: where they begin
    std::string object;   ///< of links: name of the node where they end
    int count = 1;        ///< nodes
};

}  // namespace lamina

Q_DECLARE_METATYPE(lamina::NetworkEdit)
