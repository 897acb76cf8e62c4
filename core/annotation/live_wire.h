// The way along an edge: a line between two points that follows what can be seen. E. N. Mortensen, W. A. Barrett, "Intelligent scissors for image
// composition", 1995: zero crossings of the Laplacian, gradient magnitude and direction as costs, the cheapest way by Dijkstra's method.
#pragma once

#include <cstdint>
#include <vector>

#include "core/annotation/colour_region.h"

namespace lamina {

struct PixelPlace {
    std::int64_t x = 0, y = 0;
    bool operator==(const PixelPlace&) const = default;
};

/// Ways from one point to any other within a window of a picture. The search goes on from where the last question ended: questions near the start, and
/// those behind a farther one, cost little; a window of 768 × 768 pixels takes about 10 ms to look at and 100 ms to search all of. One thread.
class LiveWire {
public:
    /// Ways are looked for at most `reach` pixels to each side of the start. Reads the picture now, not later.
    LiveWire(const PixelView& picture, PixelPlace start, std::int64_t reach);

    PixelPlace start() const;
    bool reaches(PixelPlace place) const;
    /// From the start to this place, both included; outside of the window to its nearest place.
    std::vector<PixelPlace> pathTo(PixelPlace place);

private:
    void look(const PixelView& picture);
    std::uint32_t linkCost(std::int64_t from, std::int64_t to, int way) const;
    void expand(std::int64_t until);
    std::int64_t index(PixelPlace place) const;

    PixelRect m_window;
    std::int64_t m_start = 0;
    std::vector<float> m_directionX, m_directionY;  ///< along the edge, unit length; 0 where there is none
    std::vector<std::uint8_t> m_pixelCost;          ///< zero crossing and magnitude, 0 … 146
    std::vector<std::uint32_t> m_cost;              ///< of the way so far
    std::vector<std::uint8_t> m_back;               ///< the step that leads here; beyond 7: none
    std::vector<bool> m_settled;
    std::vector<std::vector<std::int64_t>> m_buckets;  ///< by cost, around and around
    std::uint32_t m_now = 0;
    std::int64_t m_waiting = 0;
};

}  // namespace lamina
