# Manual page, completion of bash, and Debian packages. The page and the completion are made of what the program says
# of itself, so they cannot fall behind it.
find_package(Python3 COMPONENTS Interpreter)
find_program(PHUSONG_SCDOC scdoc)
find_program(PHUSONG_GZIP gzip)
set(PHUSONG_MAINTAINER "phusong developers <phusong@users.noreply.github.com>" CACHE STRING "Who answers for packages")
set(made ${PROJECT_BINARY_DIR}/packaging)
file(MAKE_DIRECTORY ${made})
set(packaging ${PROJECT_SOURCE_DIR}/tools/packaging)

if(Python3_FOUND AND PHUSONG_SCDOC AND PHUSONG_GZIP)
  add_custom_command(OUTPUT ${made}/phusong.1.gz ${made}/phusong.bash
    COMMAND sh -c "$<TARGET_FILE:phusong> --json-usage > usage.json"
    COMMAND sh -c "'${Python3_EXECUTABLE}' -B '${packaging}/make-man' usage.json > phusong.1.scd"
    COMMAND sh -c "'${PHUSONG_SCDOC}' < phusong.1.scd > phusong.1"
    COMMAND sh -c "'${PHUSONG_GZIP}' -9nf < phusong.1 > phusong.1.gz"
    COMMAND sh -c "'${Python3_EXECUTABLE}' -B '${packaging}/make-completion' usage.json > phusong.bash"
    DEPENDS phusong ${packaging}/make-man ${packaging}/make-completion
    WORKING_DIRECTORY ${made} VERBATIM)
  add_custom_target(phusong_documents ALL DEPENDS ${made}/phusong.1.gz ${made}/phusong.bash)
  install(FILES ${made}/phusong.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${made}/phusong.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME phusong
    COMPONENT program)
else()
  message(STATUS "No manual page and no completion: python3, scdoc or gzip is missing")
endif()

# Packages are made of what is built; tests need not be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
# cpack -G DEB: phusong for those who count, libphusong-dev for those who build on it.
set(CPACK_PACKAGE_NAME phusong)
set(CPACK_PACKAGE_VENDOR phusong)
set(CPACK_PACKAGE_CONTACT "${PHUSONG_MAINTAINER}")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://github.com/phusong/phusong")
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME phusong)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS proj-data)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libphusong-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libgdal-dev, libgeos-dev, libproj-dev, libssl-dev, libfmt-dev, nlohmann-json3-dev, libtomlplusplus-dev, zlib1g-dev")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "signal coverage, dead zones and what to repair or build, commune by commune
 phusong takes commune boundaries, a population raster and maps of 4G, 5G and
 fibre coverage, and counts in one exact pass who is covered in every commune,
 who lives in dead zones, and after a storm who is in the dark and what to
 restore and build first. Results are tables, maps and a QGIS project.")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "signal coverage, dead zones and what to build - development files
 Headers and static libraries of phusong, for programs that count who is
 covered by 4G, 5G and fibre in the communes of a country.")

configure_file(${packaging}/changelog.in ${made}/changelog.Debian @ONLY)
if(PHUSONG_GZIP)
  execute_process(COMMAND ${PHUSONG_GZIP} -9nkf ${made}/changelog.Debian)
  foreach(package phusong libphusong-dev)
    set(component program)
    if(package STREQUAL libphusong-dev)
      set(component development)
    endif()
    install(FILES ${packaging}/copyright ${made}/changelog.Debian.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
      COMPONENT ${component})
  endforeach()
endif()
include(CPack)
