timeout: failed to run command ‘/tmp/attack/pr’: No such file or directory
