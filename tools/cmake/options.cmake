# One place for everything that every target of ours is compiled with.

# Dev: optimised, asserts on, symbols. Users get Release.
# project() has put an empty entry of this name into the cache, which a plain set(CACHE) would leave as it is.
if(NOT CMAKE_CXX_FLAGS_DEV)
  set(CMAKE_CXX_FLAGS_DEV "-O2 -g1" CACHE STRING "Flags of the Dev build" FORCE)
endif()
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(PHUSONG_CCACHE ccache)
if(PHUSONG_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PHUSONG_CCACHE})
endif()

add_library(phusong_options INTERFACE)
target_compile_features(phusong_options INTERFACE cxx_std_20)
target_compile_options(phusong_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion
  # g++ 12 takes std::string's operator+ for overlapping copies at -O3 (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # Sources that are compiled several at once count as included: g++ then warns of their own unnamed namespaces.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
  $<$<BOOL:${PHUSONG_WARNINGS_ARE_ERRORS}>:-Werror>)
if(PHUSONG_SANITIZE)
  target_compile_options(phusong_options INTERFACE -fsanitize=${PHUSONG_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(phusong_options INTERFACE -fsanitize=${PHUSONG_SANITIZE})
endif()

# phusong_add_library(name SOURCES...): a library of the house, phusong::name, whose headers are included from
# the root of the tree ("algorithms/grid/cell.hpp").
function(phusong_add_library name)
  add_library(phusong_${name} ${ARGN})
  add_library(phusong::${name} ALIAS phusong_${name})
  target_link_libraries(phusong_${name} PRIVATE $<BUILD_INTERFACE:phusong_options>)
  target_compile_features(phusong_${name} PUBLIC cxx_std_20)
  target_include_directories(phusong_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/phusong>)
  set_target_properties(phusong_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
endfunction()
