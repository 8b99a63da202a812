#include "engine/outline_codec.hpp"

#include "algorithms/support/packed_integers.hpp"
#include "engine/errors.hpp"

namespace phusong {

namespace {

void write_ring(PackedWriter& out, const CornerRing& ring) {
    out.count(ring.size());
    Corner last;
    for (const Corner& corner : ring) {
        out.integer(corner.row - last.row);
        out.integer(corner.column - last.column);
        last = corner;
    }
}

CornerRing read_ring(PackedReader& in) {
    CornerRing ring(in.count());
    Corner last;
    for (Corner& corner : ring) {
        last.row += in.small();
        last.column += in.small();
        corner = last;
    }
    return ring;
}

}  // namespace

std::vector<std::uint8_t> encode(const Outline& outline) {
    PackedWriter out;
    out.count(outline.size());
    for (const OutlinePart& part : outline) {
        write_ring(out, part.shell);
        out.count(part.holes.size());
        for (const CornerRing& hole : part.holes) write_ring(out, hole);
    }
    return out.take();
}

Outline decode_outline(std::span<const std::uint8_t> bytes) {
    PackedReader in{bytes};
    Outline outline(in.count());
    for (OutlinePart& part : outline) {
        part.shell = read_ring(in);
        part.holes.resize(in.count());
        for (CornerRing& hole : part.holes) hole = read_ring(in);
    }
    if (!in.good() || !in.at_end()) throw StorageError{"the scratch file is damaged"};
    return outline;
}

}  // namespace phusong
