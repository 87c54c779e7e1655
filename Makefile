.PHONY: setup
setup:
	@sh deploy/setup.sh
