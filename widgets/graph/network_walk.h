// Ways through a network: step by step in running order, along the arrows, by words.
#pragma once

#include <QString>

#include <functional>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace lamina {

/// Upper before lower, left before right: the order in which people read.
bool readsBefore(const NetworkNode& a, const NetworkNode& b);
/// Node ids in the order in which they run; as they are listed where the network has a circle.
std::vector<std::string> runningOrder(const Network& network);
/// The node after or before `current` in running order (the first or last where it is none); empty at the end.
std::string nextNode(const Network& network, const std::string& current, bool forward);
/// The nearest node in the direction of an arrow key (Qt::Key_Left …); up and down prefer what is linked. Empty: there is none.
std::string neighbour(const Network& network, const std::string& current, int key);
/// Nodes whose name, type or title contains the text, in running order. `titleOf` gives the title of a type.
std::vector<std::string> nodesNamed(const Network& network, const QString& text, const std::function<QString(const std::string& type)>& titleOf);

}  // namespace lamina
