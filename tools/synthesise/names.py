"""Invented but believable names of Vietnamese communes."""

import numpy as np

_FIRST = ("An Bình Châu Cát Diễn Đông Đồng Giang Hải Hoa Hòa Hùng Hưng Khánh Kim Lam Lộc Long Lương Minh Mỹ Nam Nghi "
          "Ngọc Nhân Phú Phúc Quang Quỳnh Sơn Tam Tân Tây Thanh Thành Thịnh Thuận Thượng Tiên Trung Tường Vạn Văn "
          "Vân Vĩnh Xuân Yên").split()
_SECOND = ("An Bắc Bình Cát Châu Cường Đình Đồng Đức Giang Hà Hải Hòa Hoàng Hợp Hưng Khê Lâm Lĩnh Lộc Lợi Long Mai "
           "Minh Mỹ Nam Nghĩa Phong Phú Phúc Quan Quang Sơn Tân Thái Thành Thạch Thọ Thịnh Thủy Tiến Trung Trường "
           "Tường Vân Xá Yên").split()


def commune_names(count, seed):
    """`count` two-word names; the last three repeat earlier ones, as real lists do (join on the code)."""
    generator = np.random.Generator(np.random.PCG64(seed))
    pairs = [f"{first} {second}" for first in _FIRST for second in _SECOND if first != second]
    chosen = [pairs[i] for i in generator.permutation(len(pairs))[:count]]
    return chosen[:count - 3] + chosen[:3]
